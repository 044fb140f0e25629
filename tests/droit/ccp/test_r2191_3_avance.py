"""CCP, art. R. 2191-3 : une avance est due au-dessus de 50 000 euros et de deux mois."""

import pytest

from tests.droit.bornes import CODE, INCONNUE, bascule

pytestmark = pytest.mark.article("CCP", "R. 2191-3")


def test_l_avance_est_due_au_dessus_de_50_000_euros():
    assert bascule("seuil.avance.montant", CODE) == (INCONNUE, 50_000)


def test_l_avance_est_due_au_dela_de_deux_mois():
    assert bascule("seuil.avance.duree", CODE) == (INCONNUE, 2)
