"""CCP, art. R. 2184-1 : au-dessus du seuil européen, un rapport de présentation s'établit."""

import pytest

from tests.droit.bornes import INCONNUE, LECTURE, bascule


@pytest.mark.article("CCP", "R. 2184-1")
def test_un_rapport_de_presentation_au_dessus_du_seuil_europeen():
    assert bascule("avis.rapport_de_presentation", LECTURE) == (INCONNUE, True)
