"""Changer un rien dans n'importe quelle colonne de n'importe quelle table qui
prouve se trouve, et se situe.

Le récit de la démonstration est joué une fois par les services ;
chaque test mute une ligne, puis la rend.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from beffroi.choix.echanges.models import Courrier
from beffroi.socle.fondations import prises
from beffroi.socle.journal import chainage, hors_preuve, lignes
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.lignes import LigneProuvee, modeles_prouves
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.relecture_des_lignes import (
    fautes_de_la_table,
    fautes_des_lignes,
    retenu_par_le_journal,
)
from beffroi.socle.journal.services import journaliser, reprendre_les_lignes
from demo import scenario

LE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CLE_DE_STOCKAGE = re.compile(r"\b[a-z][a-z-]*/([0-9a-f]{2})/\1[0-9a-f]{30}\b")
PROUVES = sorted(modeles_prouves(), key=lambda modele: modele._meta.db_table)
# Ce qu'une contrainte de la base exige d'une ligne que le récit ne fait pas naître.
COMPLEMENTS: dict[str, Callable[[], dict[str, Any]]] = {
    "dossiers.ModificationDuDossier": lambda: {"sha256": "ab" * 32},
    "conventions.AttestationDAssurance": lambda: {"au": LE.date() + timedelta(days=365)},
    "conventions.AvenantConvention": lambda: {
        "signe_par_l_adherent_le": LE.date(),
        "signe_par_le_centre_le": LE.date(),
    },
    "conventions.Denonciation": lambda: {
        "fin_le": LE.date() + timedelta(days=60),
        "remis_le": LE.date(),
        "accuse_le": LE.date(),
    },
    "apports.Apport": lambda: {"issue": "retenu", "traite_le": LE},
    "incidents.Proposition": lambda: {"nouvelle_limite": LE + timedelta(days=1)},
    "sauvegardes.EssaiDeRestauration": lambda: {"faute": "x", "fautes": 1},
    "conformite.FinDeSousTraitance": lambda: {"effacees_le": LE.date()},
    "echanges.PieceJointe": lambda: {"courrier": Courrier.objects.first()},
}


@contextmanager
def actes_surveilles(restes: set[str]) -> Iterator[None]:
    """Note chaque acte qui finit en laissant une ligne que rien n'a engagée."""
    entrer, sortir = transaction.Atomic.__enter__, transaction.Atomic.__exit__
    fond = len(connection.savepoint_ids)
    avant: list[lignes.Marque] = []

    def entree(self: Any) -> None:
        entrer(self)
        if len(connection.savepoint_ids) == fond + 1:
            avant[:] = lignes.en_attente()

    def sortie(self: Any, *erreur: Any) -> None:
        if len(connection.savepoint_ids) == fond + 1 and not any(erreur):
            siennes = [
                marque
                for marque in lignes.en_attente()
                if all(marque is not autre for autre in avant)
            ]
            acte = getattr(sys._getframe(1).f_locals.get("func"), "__qualname__", "bloc")
            restes.update(
                f"{acte} : {marque.modele.__name__} {sorted(marque.colonnes)}" for marque in siennes
            )
        sortir(self, *erreur)

    with pytest.MonkeyPatch.context() as substitut:
        substitut.setattr(transaction.Atomic, "__enter__", entree)
        substitut.setattr(transaction.Atomic, "__exit__", sortie)
        yield


@pytest.fixture(scope="module")
def recit(django_db_setup, django_db_blocker, tmp_path_factory):
    """Le récit joué, une ligne au moins dans chaque table, et ce que le journal en retient."""
    restes: set[str] = set()
    jeton = chainage.jeton_local(
        "un jeton que tous partagent : un paquet d'archives les relit", le=LE
    )
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        pytest.MonkeyPatch.context() as substitut,
    ):
        substitut.setattr(chainage, "jeton_local", lambda texte, *, le: jeton)
        with actes_surveilles(restes):
            scenario.raconter(le=LE)
        for modele in PROUVES:
            if not modele._base_manager.exists():
                enregistree(modele)
        journaliser("essai.completer", sujet="X", par=PLATEFORME, le=LE)
        yield retenu_par_le_journal(), restes
        transaction.set_rollback(True)


def enregistree(modele: type[LigneProuvee]) -> LigneProuvee:
    """Dans la base, et sans service : seule compte la colonne.

    Ce dont elle dépend naît avant elle.
    """
    ligne = une_ligne(modele)
    ligne.save()
    return ligne


def une_ligne(modele: type[LigneProuvee]) -> LigneProuvee:
    """Une ligne quelconque, pour une table que le récit laisse vide."""
    valeurs = {}
    for champ in modele._meta.concrete_fields:
        if champ.primary_key or champ.has_default() or champ.null or champ.blank:
            continue
        valeurs[champ.attname] = valeur_quelconque(champ)
    return modele(**(valeurs | COMPLEMENTS.get(modele._meta.label, dict)()))


def valeur_quelconque(champ: Any) -> Any:
    if champ.is_relation:
        return (champ.related_model._base_manager.first() or enregistree(champ.related_model)).pk
    if champ.choices:
        return champ.choices[0][0]
    par_genre = {
        "DateTimeField": LE,
        "DateField": LE.date(),
        "JSONField": {},
        "BinaryField": b"x",
        "BooleanField": False,
        "UUIDField": UUID(int=7),
        "DecimalField": Decimal("2.00"),
    }
    return par_genre.get(
        champ.get_internal_type(), 2 if "Integer" in champ.get_internal_type() else "x"
    )


def valeur_falsifiee(champ: Any, valeur: Any) -> Any:
    if champ.is_relation:
        return 1_000_000  # personne, mais aucune contrainte d'unicité ne s'en plaint
    if valeur is None:
        return (
            LE
            if "Date" in champ.get_internal_type()
            else True
            if champ.get_internal_type() == "BooleanField"
            else 7
        )
    return autre(valeur)


def autre(valeur: Any) -> Any:
    """La même valeur, à un rien près."""
    if isinstance(valeur, bool):
        return not valeur
    if isinstance(valeur, datetime):
        return valeur + timedelta(microseconds=1)
    if isinstance(valeur, date):
        return valeur + timedelta(days=1)
    if isinstance(valeur, UUID):
        return UUID(int=valeur.int ^ 1)
    if isinstance(valeur, bytes | memoryview):
        return bytes([*bytes(valeur)[:-1], bytes(valeur)[-1] ^ 1]) if valeur else b"x"
    if isinstance(valeur, Decimal):
        return valeur + Decimal("0.01")
    if isinstance(valeur, int):
        return valeur + 1
    if isinstance(valeur, str) and valeur:
        return valeur[:-1] + (
            "x" if valeur[-1] != "x" else "y"
        )  # jamais la référence d'une autre ligne
    return (
        {**valeur, "x": 1}
        if isinstance(valeur, dict)
        else [*valeur, "x"]
        if isinstance(valeur, list)
        else "x"
    )


def par_la_base(modele: type[models.Model], ordre: str, valeurs: list[Any]) -> None:
    """L'ordre d'un faussaire qui tient la base : gardes levées, contraintes ignorées."""
    lever_les_gardes(modele)
    ordonner(ordre, valeurs)


def lever_les_gardes(modele: type[models.Model]) -> None:
    table = modele._meta.db_table
    with connection.cursor() as curseur:
        if connection.vendor == "postgresql":
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
            curseur.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            curseur.execute(
                "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass",
                [table],
            )
            for (nom,) in curseur.fetchall():
                curseur.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{nom}"')
            curseur.execute("SET CONSTRAINTS ALL DEFERRED")
        else:
            curseur.execute("PRAGMA ignore_check_constraints = ON")
            curseur.execute("PRAGMA defer_foreign_keys = ON")
            curseur.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
            for (nom,) in curseur.fetchall():
                curseur.execute(f"DROP TRIGGER {nom}")


def ordonner(ordre: str, valeurs: list[Any]) -> None:
    with connection.cursor() as curseur:
        curseur.execute(ordre, valeurs)
        assert curseur.rowcount == 1


@contextmanager
def defait(bloqueur: Any) -> Iterator[None]:
    with bloqueur.unblock():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        if connection.vendor == "sqlite":
            connection.cursor().execute("PRAGMA ignore_check_constraints = OFF")


def test_le_recit_est_conforme_a_son_journal(recit, django_db_blocker):
    with django_db_blocker.unblock():
        assert list(fautes_des_lignes()) == []


def test_chaque_acte_du_recit_engage_lui_meme_ce_qu_il_ecrit(recit):
    assert sorted(recit[1]) == []


@pytest.mark.parametrize("modele", PROUVES, ids=lambda modele: modele._meta.label)
def test_une_colonne_changee_d_un_rien_est_trouvee_et_situee(recit, django_db_blocker, modele):
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
        trouvees = {champ.attname: fautes_sous(champ, ligne, recit[0][table]) for champ in colonnes}

    attendues = {
        champ.attname: [(f"« {champ.attname} » diffère du journal", table)] for champ in colonnes
    }
    mal_trouvees = [
        f"{nom} : {fautes}" for nom, fautes in trouvees.items() if fautes != attendues[nom]
    ]
    assert trouvees
    assert not mal_trouvees, "\n".join(mal_trouvees)


def fautes_sous(champ: Any, ligne: LigneProuvee, retenu: Any) -> list[tuple[str, str]]:
    """Ce que la relecture dit de la table quand cette seule colonne de cette ligne a changé."""
    table = ligne._meta.db_table
    ecrite = champ.get_db_prep_save(
        valeur_falsifiee(champ, getattr(ligne, champ.attname)), connection
    )
    with transaction.atomic():
        ordonner(f"UPDATE {table} SET {champ.column} = %s WHERE id = %s", [ecrite, ligne.pk])
        fautes = [
            (faute, ou.split(",")[0]) for faute, ou in fautes_de_la_table(type(ligne), retenu)
        ]
        transaction.set_rollback(True)
    return fautes


@pytest.mark.parametrize("modele", PROUVES, ids=lambda modele: modele._meta.label)
def test_une_ligne_effacee_est_trouvee(recit, django_db_blocker, modele):
    table = modele._meta.db_table
    with defait(django_db_blocker):
        cle = modele._base_manager.order_by("pk").values_list("pk", flat=True).last()
        par_la_base(modele, f"DELETE FROM {table} WHERE id = %s", [cle])

        fautes = list(fautes_de_la_table(modele, recit[0][table]))

    assert fautes == [("une ligne a été effacée sans acte", f"{table}, ligne {cle}")]


def test_une_ligne_ajoutee_par_la_base_est_trouvee(recit, django_db_blocker):
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
                MembreQuiOuvre, recit[0]["consultations_membrequiouvre"]
            )
        ]

    assert fautes == ["cette ligne n'est pas au journal"]


def test_un_acte_qui_touche_une_autre_colonne_ne_blanchit_pas_la_premiere(recit, django_db_blocker):
    from beffroi.personnes.entreprises.models import Entreprise

    with defait(django_db_blocker):
        entreprise = Entreprise.objects.order_by("pk").first()
        par_la_base(
            Entreprise, "UPDATE entreprises_entreprise SET nom = 'X' WHERE id = %s", [entreprise.pk]
        )
        Entreprise.objects.filter(pk=entreprise.pk).update(pays="BE")
        journaliser("essai.changer", sujet="X", par=PLATEFORME, le=LE)

        fautes = list(
            fautes_de_la_table(Entreprise, retenu_par_le_journal()["entreprises_entreprise"])
        )

    assert [faute for faute, _ in fautes] == ["« nom » diffère du journal"]


def test_une_ligne_retiree_par_un_acte_manque_sans_faute(recit, django_db_blocker):
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
    from beffroi.personnes.entreprises.models import Entreprise

    with django_capture_on_commit_callbacks(execute=True):
        Entreprise.objects.create(identifiant="732829320", nom="Atelier du Faîtage", creee_le=LE)
    with django_capture_on_commit_callbacks(execute=True):
        Entreprise.objects.update(nom="Atelier")

    assert list(Ecriture.objects.values_list("acte", flat=True)) == ["lignes.engager"] * 2
    assert list(fautes_des_lignes()) == []


@pytest.mark.django_db
def test_une_installation_d_avant_reprend_ses_lignes_une_seule_fois():
    from beffroi.personnes.entreprises.models import Entreprise

    avant = {"identifiant": "732829320", "nom": "Atelier du Faîtage", "creee_le": LE}
    models.QuerySet(Entreprise).bulk_create([Entreprise(**avant)])
    assert [faute for faute, _ in fautes_des_lignes()] == ["cette ligne n'est pas au journal"]

    assert reprendre_les_lignes(le=LE) == 1
    assert list(fautes_des_lignes()) == []

    models.QuerySet(Entreprise).bulk_create([Entreprise(**{**avant, "identifiant": "404833048"})])
    assert reprendre_les_lignes(le=LE) == 0
    assert [faute for faute, _ in fautes_des_lignes()] == ["cette ligne n'est pas au journal"]


def test_toute_table_est_prouvee_ou_dit_pourquoi_elle_ne_l_est_pas():
    prouvees = {modele._meta.label for modele in PROUVES}
    toutes = {modele._meta.label for modele in apps.get_models(include_auto_created=True)}
    autres = hors_preuve.prouvees_autrement() | hors_preuve.hors_preuve()

    assert toutes == prouvees | set(autres)
    assert not prouvees & set(autres)
    assert all(autres.values())


@pytest.mark.parametrize("modele", PROUVES, ids=lambda modele: modele._meta.label)
def test_une_colonne_hors_preuve_existe_et_dit_pourquoi(modele):
    colonnes = {champ.attname for champ in modele._meta.concrete_fields}

    assert set(modele.HORS_PREUVE) <= colonnes
    assert all(modele.HORS_PREUVE.values())


def test_tout_objet_que_le_recit_garde_est_relu_par_la_veille_ou_dit_pourquoi(
    recit, django_db_blocker
):
    """Aucune colonne ne tient la clé d'un objet sans qu'un contexte le
    déclare, quel que soit son nom.
    """
    sus = {objet.champ for objet in prises.lues(lambda un: un.objets_gardes)}
    with django_db_blocker.unblock():
        trouves = {
            f"{modele._meta.label}.{champ.name}"
            for modele in apps.get_models()
            for champ in modele._meta.concrete_fields
            if champ.get_internal_type() in ("CharField", "TextField", "JSONField")
            for valeur in modele._base_manager.values_list(champ.name, flat=True)
            if valeur and CLE_DE_STOCKAGE.search(str(valeur))
        }
    assert len(trouves & sus) > 20
    assert sorted(trouves - sus) == []
