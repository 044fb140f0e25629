"""Ce que les étages se partagent : la démonstration d'origine."""

import os
from pathlib import Path
from secrets import token_hex

import pytest

from tests import origine as une_fois
from tests.plateforme import Plateforme


@pytest.fixture(scope="session")
def origine(tmp_path_factory: pytest.TempPathFactory) -> Plateforme:
    base = tmp_path_factory.getbasetemp()
    partage = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return une_fois.jouee_dans(Path(os.environ.get(une_fois.A_PART, partage)))


@pytest.fixture(autouse=True)
def etat_a_part(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Les têtes de registre qu'une commande garde ne passent pas d'un essai à l'autre :
    deux plateformes y prennent le même port.
    """
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / token_hex(8)))
