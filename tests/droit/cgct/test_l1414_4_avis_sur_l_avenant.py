"""CGCT, art. L. 1414-4 :
une hausse de plus de 5 % d'un marché choisi par la CAO lui est soumise pour avis.
"""

from decimal import Decimal

import pytest

from beffroi.choix.commissions.rules import Hausse, avis_sur_la_modification

pytestmark = pytest.mark.article("CGCT", "L. 1414-4")


def soumise(initial, actuel, nouveau, *, par_la_commission=True) -> bool:
    hausse = Hausse(Decimal(initial), Decimal(actuel), Decimal(nouveau))
    return not avis_sur_la_modification(hausse, par_la_commission=par_la_commission).favorable


@pytest.mark.parametrize(
    "nouveau,attendu", [("105000", False), ("105000.01", True), ("104999", False)]
)
def test_cinq_pour_cent_juste_ne_se_soumettent_pas_un_centime_de_plus_oui(nouveau, attendu):
    assert soumise("100000", "100000", nouveau) is attendu


def test_les_modifications_precedentes_comptent():
    assert soumise("100000", "104000", "106000")


def test_une_baisse_ne_se_soumet_pas():
    assert not soumise("100000", "110000", "109000")


def test_un_marche_que_la_commission_n_a_pas_choisi_ne_lui_revient_pas():
    assert not soumise("100000", "100000", "120000", par_la_commission=False)
