"""Ce que tous les tests partagent : une horloge lisible, des normes officielles si elles sont là, rien au réseau."""

import os
from pathlib import Path

import pytest

RACINE = Path(__file__).parent
NORMES = Path(os.environ.get("BEFFROI_TEST_STANDARDS", RACINE.parent / "shared" / "standards"))


@pytest.fixture(autouse=True)
def _sans_reseau(request: pytest.FixtureRequest) -> None:
    """Un test ne parle qu'à cette machine."""
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture
def normes() -> Path:
    """Le dossier des schémas et vecteurs officiels ; le test est passé, en le disant, s'il est absent."""
    if not NORMES.is_dir():
        pytest.skip(f"les normes officielles ne sont pas dans {NORMES} : ce contrôle n'a pas été joué")
    return NORMES
