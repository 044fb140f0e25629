"""CCP, art. R. 2183-1, R. 2183-4 et R. 3125-6 : quand l'avis d'attribution paraît."""

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


def test_quarante_huit_jours_apres_la_signature_d_une_concession():
    assert bascule("avis.attribution.concession", LECTURE) == (INCONNUE, 48)
