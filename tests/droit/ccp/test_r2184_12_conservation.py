"""CCP, art. R. 2184-12 et R. 2184-13, et référentiel du SIAF de 2021 :
combien de temps garder quoi, à compter de quoi.
"""

from datetime import date

import pytest

from droit.en_vigueur import Droit
from tests.droit.bornes import CODE, INCONNUE, bascule

pytestmark = [pytest.mark.article("CCP", "R. 2184-12"), pytest.mark.article("CCP", "R. 2184-13")]


@pytest.mark.parametrize(
    ("cle", "depuis", "annees", "pivot"),
    [
        ("conservation.passation", CODE, 5, "signature"),
        ("conservation.contrat.fournitures_services", CODE, 5, "fin_d_execution"),
        ("conservation.contrat.travaux", CODE, 10, "fin_d_execution"),
        ("conservation.contrat.maitrise_d_oeuvre", CODE, 10, "fin_d_execution"),
        ("conservation.contrat.controle_technique", CODE, 10, "fin_d_execution"),
        ("conservation.referentiel.passation", date(2021, 1, 1), 5, "notification"),
        ("conservation.referentiel.execution", date(2021, 1, 1), 10, "solde"),
    ],
)
def test_la_duree_court_du_fait_que_dit_le_texte(cle, depuis, annees, pivot):
    assert bascule(cle, depuis) == (INCONNUE, annees)
    assert Droit.au(depuis).valeur(cle).pivot == pivot
