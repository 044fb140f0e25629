"""CCP, art. R. 2183-1, R. 2183-3, R. 2183-4, R. 3125-6 et R. 2194-10 :
les avis d'attribution et de modification.
"""

import pytest

from tests.droit.bornes import CODE, INCONNUE, LECTURE, bascule

pytestmark = [
    pytest.mark.article("CCP", "R. 2183-1"),
    pytest.mark.article("CCP", "R. 2183-4"),
    pytest.mark.article("CCP", "R. 3125-6"),
]


def test_trente_jours_apres_la_signature_d_un_marche():
    assert bascule("avis.attribution.marche", CODE) == (INCONNUE, 30)


def test_trente_jours_apres_la_fin_du_trimestre_pour_les_avis_groupes():
    assert bascule("avis.attribution.trimestre", CODE) == (INCONNUE, 30)


def test_quarante_huit_jours_apres_la_notification_d_une_concession():
    assert bascule("avis.attribution.concession", LECTURE) == (INCONNUE, 48)


@pytest.mark.article("CCP", "R. 2183-3")
def test_un_marche_subsequent_n_a_pas_d_avis_d_attribution():
    assert bascule("avis.attribution.dispenses", LECTURE) == (INCONNUE, ("marché subséquent",))


@pytest.mark.article("CCP", "R. 2194-10")
def test_un_marche_formalise_modifie_a_son_avis():
    assert bascule("avis.modification", LECTURE) == (INCONNUE, True)
