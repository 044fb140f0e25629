"""CCP, art. R. 2131-20 et R. 3122-5 :
rien au niveau national avant le JOUE, sauf 48 heures sans nouvelle de lui.
"""

import pytest

from droit.en_vigueur import Droit
from tests.droit.bornes import CODE, INCONNUE, bascule

pytestmark = [pytest.mark.article("CCP", "R. 2131-20"), pytest.mark.article("CCP", "R. 3122-5")]


@pytest.mark.parametrize("cle", ["avis.attente_du_joue.marche", "avis.attente_du_joue.concession"])
def test_l_attente_est_de_quarante_huit_heures(cle):
    assert bascule(cle, CODE) == (INCONNUE, 48)
    assert Droit.au(CODE).valeur(cle).unite == "heures"


def test_elle_court_de_la_confirmation_de_reception():
    assert Droit.au(CODE).valeur("avis.attente_du_joue.marche").pivot == "confirmation_de_reception"
