"""Changer un rien dans n'importe quelle colonne de n'importe quelle table qui
prouve se trouve, et se situe.

Le monde du cloisonnement est planté une fois par les services ;
chaque test mute une ligne, puis la rend.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from beffroi.socle.journal import hors_preuve
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.lignes import LigneProuvee
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.relecture_des_lignes import (
    Retenu,
    fautes_de_la_table,
    fautes_des_lignes,
    retenu_par_le_journal,
)
from beffroi.socle.journal.services import journaliser, reprendre_les_lignes
from tests.preuves.decor import LE, PROUVES, planter_le_monde
from tests.preuves.faussaire import (
    defait,
    lever_les_gardes,
    ordonner,
    par_la_base,
    valeur_falsifiee,
)


@pytest.fixture(scope="module")
def retenu(django_db_setup, django_db_blocker) -> Iterator[Retenu]:
    """Le monde planté, une ligne au moins dans chaque table : ce que le journal en retient."""
    with django_db_blocker.unblock(), transaction.atomic():
        planter_le_monde()
        yield retenu_par_le_journal()
        transaction.set_rollback(True)


def test_le_monde_est_conforme_a_son_journal(retenu, django_db_blocker):
    with django_db_blocker.unblock():
        assert list(fautes_des_lignes()) == []


@pytest.mark.parametrize("modele", PROUVES, ids=lambda modele: modele._meta.label)
def test_une_colonne_changee_d_un_rien_est_trouvee_et_situee(retenu, django_db_blocker, modele):
    """Chaque colonne à son tour, gardes levées une fois pour la table."""
    table = modele._meta.db_table
    colonnes = [
        c
        for c in modele._meta.concrete_fields
        if c.attname not in modele.HORS_PREUVE and not c.primary_key
    ]
    with defait(django_db_blocker):
        ligne = modele._base_manager.order_by("pk").last()
        lever_les_gardes(modele)
        trouvees = {champ.attname: fautes_sous(champ, ligne, retenu[table]) for champ in colonnes}
        assert not list(fautes_de_la_table(modele, retenu[table])), "une valeur n'a pas été rendue"

    attendues = {
        champ.attname: [(f"« {champ.attname} » diffère du journal", table)] for champ in colonnes
    }
    mal_trouvees = [
        f"{nom} : {fautes}" for nom, fautes in trouvees.items() if fautes != attendues[nom]
    ]
    assert trouvees
    assert not mal_trouvees, "\n".join(mal_trouvees)


def fautes_sous(champ: Any, ligne: LigneProuvee, retenu: Any) -> list[tuple[str, str]]:
    """Ce que la relecture dit de la table quand cette seule colonne de cette ligne a changé.

    La valeur se récrit, plutôt que de défaire : gardes levées, SQLite relirait tout son schéma.
    """
    juste = getattr(ligne, champ.attname)
    ecrire(champ, ligne, valeur_falsifiee(champ, juste))
    table = [*fautes_de_la_table(type(ligne), retenu)]
    ecrire(champ, ligne, juste)
    return [(faute, ou.split(",")[0]) for faute, ou in table]


def ecrire(champ: Any, ligne: LigneProuvee, valeur: Any) -> None:
    colonne = connection.ops.quote_name(champ.column)
    ordonner(
        f"UPDATE {ligne._meta.db_table} SET {colonne} = %s WHERE id = %s",
        [champ.get_db_prep_save(valeur, connection), ligne.pk],
    )


@pytest.mark.parametrize("modele", PROUVES, ids=lambda modele: modele._meta.label)
def test_une_ligne_effacee_est_trouvee(retenu, django_db_blocker, modele):
    table = modele._meta.db_table
    with defait(django_db_blocker):
        cle = modele._base_manager.order_by("pk").values_list("pk", flat=True).last()
        par_la_base(modele, f"DELETE FROM {table} WHERE id = %s", [cle])

        fautes = list(fautes_de_la_table(modele, retenu[table]))

    assert fautes == [("une ligne a été effacée sans acte", f"{table}, ligne {cle}")]


def test_une_ligne_ajoutee_par_la_base_est_trouvee(retenu, django_db_blocker):
    from beffroi.achat.consultations.models import MembreQuiOuvre

    with defait(django_db_blocker):
        ordre = (
            "INSERT INTO consultations_membrequiouvre (consultation_id, utilisateur_id, "
            "designe_le) "
            "SELECT (SELECT max(id) FROM consultations_consultation), u.id, "
            "'2026-11-24 00:00:00+00:00' "
            "FROM comptes_utilisateur u WHERE u.id = (SELECT min(id) FROM comptes_utilisateur)"
        )
        par_la_base(MembreQuiOuvre, ordre, [])

        fautes = [
            faute
            for faute, _ in fautes_de_la_table(
                MembreQuiOuvre, retenu["consultations_membrequiouvre"]
            )
        ]

    assert fautes == ["cette ligne n'est pas au journal"]


def test_un_acte_qui_touche_une_autre_colonne_ne_blanchit_pas_la_premiere(
    retenu, django_db_blocker
):
    from beffroi.personnes.entreprises.models import Equipe

    with defait(django_db_blocker):
        equipe = Equipe.objects.order_by("pk").first()
        par_la_base(Equipe, "UPDATE entreprises_equipe SET nom = 'X' WHERE id = %s", [equipe.pk])
        Equipe.objects.filter(pk=equipe.pk).update(pays="BE")
        journaliser("essai.changer", sujet="X", par=PLATEFORME, le=LE)

        fautes = list(fautes_de_la_table(Equipe, retenu_par_le_journal()["entreprises_equipe"]))

    assert [faute for faute, _ in fautes] == ["« nom » diffère du journal"]


def test_une_ligne_retiree_par_un_acte_manque_sans_faute(retenu, django_db_blocker):
    from beffroi.achat.consultations.models import ChangementPublie

    with defait(django_db_blocker):
        ChangementPublie.objects.all().delete()
        journaliser("essai.retirer", sujet="X", par=PLATEFORME, le=LE)

        assert (
            list(
                fautes_de_la_table(
                    ChangementPublie, retenu_par_le_journal()["consultations_changementpublie"]
                )
            )
            == []
        )


@pytest.mark.django_db
def test_ce_qu_aucun_acte_n_engage_s_engage_de_soi_meme_a_la_validation(
    django_capture_on_commit_callbacks,
):
    from beffroi.personnes.entreprises.models import Equipe

    with django_capture_on_commit_callbacks(execute=True):
        Equipe.objects.create(identifiant="73282932000074", nom="Atelier", fondee_le=LE)
    with django_capture_on_commit_callbacks(execute=True):
        Equipe.objects.update(nom="Atelier du Faîtage")

    assert list(Ecriture.objects.values_list("acte", flat=True)) == ["lignes.engager"] * 2
    assert list(fautes_des_lignes()) == []


@pytest.mark.moteurs
@pytest.mark.django_db
def test_une_installation_d_avant_reprend_ses_lignes_une_seule_fois():
    from beffroi.personnes.entreprises.models import Equipe

    avant = {"identifiant": "73282932000074", "nom": "Atelier du Faîtage", "fondee_le": LE}
    models.QuerySet(Equipe).bulk_create([Equipe(**avant)])
    assert [faute for faute, _ in fautes_des_lignes()] == ["cette ligne n'est pas au journal"]

    assert reprendre_les_lignes(le=LE) == 1
    assert list(fautes_des_lignes()) == []

    models.QuerySet(Equipe).bulk_create([Equipe(**{**avant, "identifiant": "40483304800022"})])
    assert reprendre_les_lignes(le=LE) == 0
    assert [faute for faute, _ in fautes_des_lignes()] == ["cette ligne n'est pas au journal"]


@pytest.mark.django_db
def test_une_colonne_qu_une_mise_a_jour_a_remplie_s_engage_une_fois(monkeypatch):
    from beffroi.personnes.entreprises.models import Equipe

    with monkeypatch.context() as avant:
        avant.setattr(Equipe, "HORS_PREUVE", {"adresse": "elle n'était pas là"})
        Equipe.objects.create(identifiant="73282932000074", nom="Atelier", fondee_le=LE)
        journaliser("essai.creer", sujet="X", par=PLATEFORME, le=LE)
    models.QuerySet(Equipe).update(adresse="1 rue du Beffroi")
    assert [faute for faute, _ in fautes_des_lignes()] == ["« adresse » n'est pas au journal"]

    monkeypatch.setattr(Equipe, "REPRISES", {"adresse": "remplie par la mise à jour"})

    assert reprendre_les_lignes(le=LE) == 1
    assert list(fautes_des_lignes()) == []
    assert reprendre_les_lignes(le=LE) == 0


def test_toute_table_est_prouvee_ou_dit_pourquoi_elle_ne_l_est_pas():
    prouvees = {modele._meta.label for modele in PROUVES}
    toutes = {modele._meta.label for modele in apps.get_models(include_auto_created=True)}
    autres = {*hors_preuve.prouvees_autrement(), *hors_preuve.hors_preuve()}

    assert toutes == prouvees | autres
    assert not prouvees & autres


@pytest.mark.parametrize("modele", PROUVES, ids=lambda modele: modele._meta.label)
def test_une_colonne_hors_preuve_existe_et_dit_pourquoi(modele):
    colonnes = {champ.attname for champ in modele._meta.concrete_fields}

    assert set(modele.HORS_PREUVE) <= colonnes
