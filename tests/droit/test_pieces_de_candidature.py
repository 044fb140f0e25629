"""La table des pièces de candidature se tient :
chaque renvoi mène à une valeur de la loi, chaque critère a sa place.
"""

import re
from datetime import date

import pytest

from droit.en_vigueur import Droit
from droit.pieces_de_candidature import CRITERES, MODELES, Sorte, motif_de
from formats.dume.taxonomie import par_code
from tests.architecture.arbre import RACINE

SIGLES = RACINE / "navigateur/pages/lib/deviner.ts"


@pytest.mark.parametrize("sorte", [sorte for sorte in Sorte if sorte.fiche.age])
def test_un_age_est_une_valeur_de_la_loi(sorte):
    assert Droit.au(date(2026, 11, 24)).valeur(sorte.fiche.age).unite == "mois"


def test_chaque_critere_est_de_la_taxonomie():
    assert {code for _, code in CRITERES} <= par_code().keys()


def test_deux_criteres_n_ont_pas_la_meme_place_dans_un_dume():
    rangs = [critere.rang for sorte in Sorte for critere in sorte.fiche.criteres]

    assert len(rangs) == len(set(rangs))


def test_les_deux_modeles_du_dossier_valent_un_formulaire_de_l_etat():
    assert MODELES == {"Lettre de candidature": "DC1", "Déclaration du candidat": "DC2"}


@pytest.mark.parametrize(
    "demandee", ["extrait k-bis", "attestation de vigilance", "certificats fiscaux", "urssaf"]
)
def test_ce_que_l_etat_donne_se_reconnait(demandee):
    assert motif_de("deja_connue").search(demandee)


def test_les_sigles_du_navigateur_sont_ceux_de_la_table():
    ecrits = set(re.findall(r"\b(dc\d|rib|kbis)\b: ", SIGLES.read_text("utf-8")))

    assert ecrits and ecrits <= set(Sorte)
