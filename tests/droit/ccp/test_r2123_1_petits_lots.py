"""CCP, art. R. 2123-1, 2° :
les petits lots, dans la limite de 20 % de la valeur de tous les lots.
"""

import pytest

from tests.droit.bornes import CODE, INCONNUE, bascule

pytestmark = pytest.mark.article("CCP", "R. 2123-1")


def test_un_petit_lot_de_fournitures_ou_de_services_vaut_moins_de_80_000_euros():
    assert bascule("seuil.petits_lots.fournitures_services", CODE) == (INCONNUE, 80_000)


def test_un_petit_lot_de_travaux_vaut_moins_d_un_million_d_euros():
    assert bascule("seuil.petits_lots.travaux", CODE) == (INCONNUE, 1_000_000)


def test_ensemble_ils_ne_depassent_pas_20_pour_cent():
    assert bascule("seuil.petits_lots.part_maximale", CODE) == (INCONNUE, 20)
