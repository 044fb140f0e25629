"""CCP, art. R. 2131-2, R. 2131-19 et R. 3122-6 :
l'avis européen part le premier, et la preuve de son envoi se garde.
"""

import pytest

from tests.droit.bornes import INCONNUE, LECTURE, bascule


@pytest.mark.article("CCP", "R. 2131-19")
def test_la_preuve_de_l_envoi_de_l_avis_d_un_marche_se_garde():
    assert bascule("avis.preuve_de_l_envoi.marche", LECTURE) == (INCONNUE, True)


@pytest.mark.article("CCP", "R. 3122-6")
def test_la_preuve_de_l_envoi_de_l_avis_d_une_concession_se_garde():
    assert bascule("avis.preuve_de_l_envoi.concession", LECTURE) == (INCONNUE, True)


@pytest.mark.article("CCP", "R. 2131-2")
def test_une_preinformation_parait_sur_le_profil_apres_l_avis_europeen():
    assert bascule("avis.preinformation.profil", LECTURE) == (INCONNUE, True)
