"""CCP, art. R. 2132-2 :
à partir d'un montant, quand un avis paraît, les documents sont sur le profil d'acheteur.
"""

from datetime import date

import pytest

from tests.droit.bornes import INCONNUE, bascule

pytestmark = pytest.mark.article("CCP", "R. 2132-2")


def test_le_montant_passe_de_40_000_a_60_000_euros_le_1er_avril_2026():
    assert bascule("seuil.dce_sur_profil", date(2026, 4, 1)) == (40_000, 60_000)


def test_avant_2020_les_tables_ne_disent_rien():
    assert bascule("seuil.dce_sur_profil", date(2020, 1, 1)) == (INCONNUE, 40_000)
