"""Code du travail, art. L. 3133-1 : onze jours fériés en métropole.

La liste des tables est celle que le calcul connaît.
"""

from datetime import date, timedelta

import pytest

from droit.feries import jour_ferie
from tests.droit.bornes import CODE, INCONNUE, bascule

pytestmark = pytest.mark.article("CT", "L. 3133-1")


def feries(annee: int) -> set[str]:
    jours = (date(annee, 1, 1) + timedelta(days=rang) for rang in range(365))
    return {nom for jour in jours if (nom := jour_ferie(jour))}


@pytest.mark.parametrize("annee", [2019, 2026, 2027])
def test_la_liste_est_celle_du_calcul(annee):
    avant, liste = bascule("liste.jours_feries", CODE)

    assert avant == INCONNUE
    assert set(liste) == feries(annee)
    assert len(liste) == 11
