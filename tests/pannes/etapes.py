"""Les instants où un processus meurt : ceux de chaque jour, et ceux de la série longue."""

from typing import Any

import pytest


def les_autres_la_nuit(*etapes: str) -> list[Any]:
    """Ces instants-là ne se jouent que dans la série longue (`./beffroi test --tout`).

    Chacun relance une plateforme entière ; un voisin, joué chaque jour, meurt dans le même acte.
    """
    return [pytest.param(etape, marks=pytest.mark.long) for etape in etapes]
