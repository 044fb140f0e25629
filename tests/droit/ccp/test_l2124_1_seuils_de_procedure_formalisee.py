"""CCP, art. L. 2124-1 et annexe 2 :
les seuils européens, revus tous les deux ans, au 1er janvier des années paires.
"""

from datetime import date

import pytest

from droit.en_vigueur import Droit
from tests.droit.bornes import CODE, INCONNUE, bascule

pytestmark = pytest.mark.article("CCP", "L. 2124-1")

SEUILS = {
    "seuil.procedure_formalisee.fournitures_services.etat": (140_000, 143_000, 140_000),
    "seuil.procedure_formalisee.fournitures_services.collectivite": (215_000, 221_000, 216_000),
    "seuil.procedure_formalisee.fournitures_services.entite_adjudicatrice": (
        431_000,
        443_000,
        432_000,
    ),
    "seuil.procedure_formalisee.travaux": (5_382_000, 5_538_000, 5_404_000),
    "seuil.concession": (5_382_000, 5_538_000, 5_404_000),
}


@pytest.mark.parametrize("cle", SEUILS)
def test_le_seuil_change_a_la_premiere_heure_de_l_annee_paire(cle):
    en_2022, en_2024, en_2026 = SEUILS[cle]

    assert bascule(cle, date(2022, 1, 1)) == (INCONNUE, en_2022)
    assert bascule(cle, date(2024, 1, 1)) == (en_2022, en_2024)
    assert bascule(cle, date(2026, 1, 1)) == (en_2024, en_2026)


@pytest.mark.parametrize("cle", SEUILS)
def test_les_seuils_de_2028_ne_sont_pas_supposes(cle):
    assert bascule(cle, date(2028, 1, 1)) == (SEUILS[cle][2], INCONNUE)


def test_la_defense_suit_les_entites_adjudicatrices():
    cle = "seuil.procedure_formalisee.fournitures_services.defense"

    assert bascule(cle, date(2024, 1, 1)) == (INCONNUE, 443_000)
    assert bascule(cle, date(2026, 1, 1)) == (443_000, 432_000)
    assert bascule(cle, date(2028, 1, 1)) == (432_000, INCONNUE)


def test_le_prochain_changement_est_dit():
    seuil = Droit.au(date(2026, 11, 24)).valeur("seuil.procedure_formalisee.travaux")

    assert seuil.depuis == date(2026, 1, 1)
    assert seuil.prochain_changement == date(2028, 1, 1)


def test_les_services_sociaux_ont_leur_seuil_europeen():
    assert bascule("seuil.services_sociaux.pouvoir_adjudicateur", CODE) == (INCONNUE, 750_000)
    assert bascule("seuil.services_sociaux.entite_adjudicatrice", CODE) == (INCONNUE, 1_000_000)
