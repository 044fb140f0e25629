"""L'avis gardé est l'avis écrit."""

import pytest

from formats.avis import fiche
from formats.avis.tests import exemples


@pytest.mark.parametrize("nom", exemples.TOUS)
def test_un_avis_relu_est_le_meme(nom):
    avis = exemples.TOUS[nom]()

    assert fiche.lire(fiche.ecrire(avis)) == avis
