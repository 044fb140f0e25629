"""Ce que les autorités publient, et le moteur qui exécute leurs règles."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from formats.avis import eforms, officiel
from formats.tests.normes import NORMES

# Neuf sous-types d'avis, deux d'un kit plus ancien, et celles d'un DUME.
LES_SOUS_TYPES_ESSAYES = 12


@pytest.fixture
def normes() -> Path:
    """Le dossier des schémas et vecteurs officiels ;
    le test est passé, en le disant, s'il est absent.
    """
    if not NORMES.is_dir():
        pytest.skip(
            f"les normes officielles ne sont pas dans {NORMES} : ce contrôle n'a pas été joué"
        )
    return NORMES


@pytest.fixture(scope="session")
def kit() -> officiel.Kit | None:
    """Celui des avis européens."""
    return officiel.kit_pour(NORMES, eforms.SDK)


@pytest.fixture(scope="session")
def ouvrier() -> Iterator[Any]:
    """Le moteur des règles officielles, un par processus, qui garde tout ce qu'il compile :
    celles d'un avis prennent quatre secondes, et cinq fichiers d'essais les emploient.
    """
    from formats.schematron import Ouvrier

    ouvrier = Ouvrier(feuilles_gardees=LES_SOUS_TYPES_ESSAYES)
    yield ouvrier
    ouvrier.arreter()


@pytest.fixture(scope="session")
def feuilles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Où se gardent les feuilles traduites de ces règles, pour tous les fichiers de tests."""
    return tmp_path_factory.mktemp("feuilles")
