"""Qui écrit la base est vu : chaque valeur de chaque table, chaque ligne, chaque objet gardé,
changé, échangé ou retiré à son tour, est trouvé et situé par la relecture, ou nommé, avec sa raison
et ce qui s'ensuit (`journal/hors_preuve.py`).
"""

import hashlib
import io
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import transaction

from beffroi.socle.fondations import prises
from beffroi.socle.fondations.chiffrement import ranger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.journal import hors_preuve
from beffroi.socle.journal.lignes import colonnes_prouvees
from beffroi.socle.journal.relecture_des_lignes import Retenu, retenu_par_le_journal
from beffroi.socle.journal.relecture_des_objets import fautes_des_objets_de, objets_a_relire
from beffroi.socle.journal.verification import relire_tout
from tests.preuves import alterations
from tests.preuves.decor import PROUVES, planter_les_preuves, une_ligne
from tests.preuves.faussaire import defait, lever_les_gardes

AUTREMENT = alterations.tables_relues_autrement()


@pytest.fixture(scope="module")
def retenu(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Retenu]:
    with django_db_blocker.unblock(), transaction.atomic():
        planter_les_preuves(tmp_path_factory.mktemp("cahiers"))
        yield retenu_par_le_journal()
        transaction.set_rollback(True)


def nom(modele):
    return modele._meta.label


@pytest.mark.parametrize("modele", AUTREMENT, ids=nom)
def test_chaque_valeur_d_une_table_relue_autrement_est_trouvee(retenu, django_db_blocker, modele):
    with defait(django_db_blocker):
        lignes = alterations.lignes_qui_prouvent(modele)
        lever_les_gardes(modele)
        avant = alterations.fautes_de(modele, retenu)
        manquees = [
            champ.attname
            for champ in alterations.colonnes(modele)
            if not any(
                alterations.sous_une_valeur_changee(ligne, champ, retenu) for ligne in lignes
            )
        ]

    assert lignes
    assert avant == []
    assert not manquees, ", ".join(manquees)


@pytest.mark.parametrize("modele", AUTREMENT, ids=nom)
def test_une_ligne_effacee_d_une_table_relue_autrement_est_trouvee(
    retenu, django_db_blocker, modele
):
    with defait(django_db_blocker):
        [ligne, *_] = alterations.lignes_qui_prouvent(modele)
        lever_les_gardes(modele)

        assert alterations.sous_une_ligne_effacee(ligne, retenu) != []


@pytest.mark.parametrize("modele", AUTREMENT, ids=nom)
def test_deux_valeurs_echangees_sont_trouvees(retenu, django_db_blocker, modele):
    """Chaque ligne garde des valeurs vraies, mais ce sont celles d'une autre."""
    with defait(django_db_blocker):
        lignes = alterations.lignes_qui_prouvent(modele)
        lever_les_gardes(modele)
        manquees = [
            champ.attname
            for champ in alterations.colonnes(modele)
            for une, autre in alterations.echangeables(lignes, champ)
            if alterations.sous_deux_valeurs_echangees(une, autre, champ, retenu) == []
        ]

    assert not manquees, ", ".join(manquees)


def test_deux_lignes_prouvees_qui_echangent_leurs_valeurs_sont_trouvees_toutes_deux(
    retenu, django_db_blocker
):
    """Toutes les colonnes à la fois, dans chaque table que la scène remplit."""
    manquees, jouees = [], 0
    for modele in PROUVES:
        with defait(django_db_blocker):
            lignes = alterations.lignes_qui_prouvent(modele)
            echanges = alterations.echanges_entiers(modele, lignes)
            if not echanges:
                continue
            jouees += 1
            lever_les_gardes(modele)
            une, autre = echanges
            ou = alterations.sous_deux_lignes_echangees(une, autre, retenu)
            if not {f"({une.pk})", f"({autre.pk})"} <= {o.rpartition(" ")[2] for o in ou}:
                manquees.append(f"{nom(modele)} : {ou}")

    assert jouees > 15
    assert not manquees, "\n".join(manquees)


def sous_ces_octets(objet, octets):
    """Une ligne de cette table, et l'objet qu'elle désigne, tels qu'un acte les laisse."""
    modele, _, champ = objet.champ.rpartition(".")
    ligne = une_ligne(apps.get_model(modele))
    cle = nouvelle_cle("essai")
    ranger(cle, octets) if objet.clair else stockage().ecrire(cle, io.BytesIO(octets))
    setattr(ligne, champ, cle)
    setattr(ligne, objet.clair or objet.empreinte, hashlib.sha256(octets).hexdigest())
    ligne.save()
    return ligne, cle


@pytest.mark.parametrize("objet", objets_a_relire(), ids=lambda objet: objet.champ)
def test_un_octet_change_ou_un_objet_efface_est_trouve_et_situe(retenu, django_db_blocker, objet):
    with defait(django_db_blocker):
        lever_les_gardes(apps.get_model(objet.champ.rpartition(".")[0]))
        ligne, cle = sous_ces_octets(objet, b"les octets de la preuve")
        ou = f"{ligne._meta.db_table}, ligne {ligne.pk} ({cle})"
        intact = list(fautes_des_objets_de(objet, detruits=()))
        [morceau] = stockage().morceaux(cle)
        gardes = morceau.read_bytes()
        morceau.write_bytes(gardes[:-1] + bytes([gardes[-1] ^ 1]))
        change = list(fautes_des_objets_de(objet, detruits=()))
        morceau.unlink()
        efface = list(fautes_des_objets_de(objet, detruits=()))
        detruit = list(fautes_des_objets_de(objet, detruits={cle}))

    assert ou not in [situee for _, situee in intact]
    assert ("les octets gardés ont changé", ou) in change
    assert ("les octets gardés ne se lisent plus", ou) in efface
    assert ou not in [situee for _, situee in detruit]


def test_chaque_objet_garde_est_relu_ou_nomme_avec_sa_raison():
    """Relu ici, par une autre relecture, ou excusé : un de ces trois, et un seul."""
    tous = {objet.champ for objet in prises.lues(lambda un: un.objets_gardes)}
    ici = {objet.champ for objet in objets_a_relire()}
    ailleurs = {
        objet.champ for objet in prises.lues(lambda un: un.objets_gardes) if objet.relu_ailleurs
    }
    excuses = set(hors_preuve.objets_hors_preuve())

    assert tous == ici | ailleurs | excuses
    assert len(tous) == len(ici) + len(ailleurs) + len(excuses)


@pytest.mark.parametrize("objet", objets_a_relire(), ids=lambda objet: objet.champ)
def test_l_empreinte_d_un_objet_relu_est_une_colonne_prouvee(objet):
    modele, _, champ = objet.champ.rpartition(".")

    assert {champ, objet.clair or objet.empreinte} <= colonnes_prouvees(apps.get_model(modele))


def test_chaque_excuse_nomme_ce_qui_existe_sa_raison_et_sa_suite():
    colonnes = hors_preuve.colonnes_hors_preuve()
    dites = hors_preuve.hors_preuve() | colonnes | hors_preuve.objets_hors_preuve()
    connues = {
        f"{modele._meta.label}.{champ.attname}"
        for modele in apps.get_models(include_auto_created=True)
        for champ in modele._meta.concrete_fields
    }

    assert [dite for dite in dites.values() if not (dite.raison and dite.suite)] == []
    assert {colonne.partition(" (")[0] for colonne in colonnes} <= connues


# Chaque essai d'ici vérifie, avant de fausser, que sa part de la relecture est conforme.
@pytest.mark.long
def test_la_scene_est_conforme_d_un_bout_a_l_autre(retenu, django_db_blocker):
    with django_db_blocker.unblock():
        assert [(c.quoi, c.ou) for c in relire_tout() if not c.bon] == []


# La part de la relecture qui regarde chaque table se joue chaque jour, sur chaque colonne.
@pytest.mark.long
@pytest.mark.parametrize("modele", [*AUTREMENT, *PROUVES], ids=nom)
def test_la_relecture_entiere_trouve_ce_que_sa_part_trouve(retenu, django_db_blocker, modele):
    """Chaque jour, la part qui regarde la table ; ici, ce que la commande dirait vraiment."""
    with defait(django_db_blocker):
        lignes = alterations.lignes_qui_prouvent(modele)
        if not lignes:
            return
        lever_les_gardes(modele)
        [champ, *_] = alterations.colonnes(modele)

        assert alterations.relecture_entiere_sous(lignes[-1], champ) != []
