"""CJA, art. R. 551-7, L. 551-15 et R. 551-7-1 : les délais des référés ;
CE, 4 avril 2014, pour la validité du contrat.
"""

import pytest

from droit.en_vigueur import Droit
from droit.tables import ConfianceDansLaSource
from tests.droit.bornes import CODE, INCONNUE, LECTURE, bascule

pytestmark = [pytest.mark.article("CJA", "R. 551-7"), pytest.mark.article("CJA", "L. 551-15")]


def test_le_refere_contractuel_se_ferme_trente_et_un_jours_apres_l_avis_ou_six_mois_sans_avis():
    assert bascule("recours.refere_contractuel.apres_avis", LECTURE) == (INCONNUE, 31)
    assert bascule("recours.refere_contractuel.sans_avis", LECTURE) == (INCONNUE, 6)


@pytest.mark.article("CJA", "R. 551-7-1")
def test_onze_jours_apres_un_avis_d_intention_de_conclure():
    assert bascule("recours.transparence_ex_ante", LECTURE) == (INCONNUE, 11)


@pytest.mark.jurisprudence("CE, 4 avril 2014, Département de Tarn-et-Garonne, n° 358994")
def test_le_recours_de_pleine_juridiction_est_su_sans_avoir_ete_lu():
    assert bascule("recours.validite_du_contrat", CODE) == (INCONNUE, 2)

    recours = Droit.au(CODE).valeur("recours.validite_du_contrat")
    assert recours.confiance is ConfianceDansLaSource.SAVOIR
    assert str(recours.article) == "CE, 4 avril 2014, Département de Tarn-et-Garonne, n° 358994"
