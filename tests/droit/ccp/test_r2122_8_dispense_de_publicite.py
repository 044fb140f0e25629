"""CCP, art. R. 2122-8, R. 2122-9, R. 2122-9-1 et R. 2322-16 :
sans publicité ni mise en concurrence, sous un montant.
"""

from datetime import date

import pytest

from droit.en_vigueur import Droit, DroitInconnu
from tests.droit.bornes import CODE, INCONNUE, LECTURE, bascule

pytestmark = [
    pytest.mark.article("CCP", "R. 2122-8"),
    pytest.mark.article("CCP", "R. 2122-9"),
    pytest.mark.article("CCP", "R. 2122-9-1"),
]

FOURNITURES = "seuil.dispense.fournitures_services"


def test_la_dispense_de_fournitures_passe_de_40_000_a_60_000_euros_le_1er_avril_2026():
    assert bascule(FOURNITURES, date(2026, 4, 1)) == (40_000, 60_000)


def test_elle_etait_de_25_000_euros_jusqu_a_la_fin_de_2019():
    assert bascule(FOURNITURES, CODE) == (INCONNUE, 25_000)
    assert bascule(FOURNITURES, date(2020, 1, 1)) == (25_000, 40_000)


def test_la_dispense_de_travaux_est_de_100_000_euros_depuis_le_1er_janvier_2026():
    assert bascule("seuil.dispense.travaux", date(2026, 1, 1)) == (INCONNUE, 100_000)


def test_les_livres_non_scolaires_ont_leur_montant():
    assert bascule("seuil.dispense.livres", CODE) == (INCONNUE, 90_000)


@pytest.mark.article("CCP", "R. 2322-16")
def test_l_achat_innovant_a_le_sien_plus_haut_en_defense():
    assert bascule("seuil.dispense.innovation", LECTURE) == (INCONNUE, 100_000)
    assert bascule("seuil.dispense.innovation.defense", LECTURE) == (INCONNUE, 300_000)


def test_le_relevement_projete_de_l_achat_innovant_n_est_pas_suppose():
    with pytest.raises(DroitInconnu, match="140 000 € HT a été projeté"):
        Droit.au(date(2026, 3, 31)).valeur("seuil.dispense.innovation")
