"""Où les octets se gardent, un disque neuf par test ou un vrai S3, et combien s'en reçoit."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.guichet import envois
from beffroi.socle.guichet.champs.fichiers import FichierBorne


@pytest.fixture
def stockage_a_part(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Chaque test a son disque."""
    settings.STOCKAGE = {**settings.STOCKAGE, "sorte": "fichiers", "dossier": tmp_path / "fichiers"}
    stockage.cache_clear()
    yield
    stockage.cache_clear()


@pytest.fixture
def petite_limite(monkeypatch: pytest.MonkeyPatch) -> int:
    """Mille octets au plus : le même chemin que dix mégaoctets, sans les envoyer."""
    monkeypatch.setattr(envois, "OCTETS_PAR_PIECE", 1000)
    monkeypatch.setattr(FichierBorne, "octets_au_plus", 1000)
    return 1000


@pytest.fixture(scope="session")
def reglages_s3() -> Iterator[dict[str, Any]]:
    from tests.serveurs.seaweedfs import SeaweedfsAbsent, seaweedfs

    try:
        with seaweedfs() as reglages:
            yield reglages
    except SeaweedfsAbsent as absent:
        pytest.skip(str(absent))


@pytest.fixture
def sur_s3(settings: Settings, reglages_s3: dict[str, Any]) -> dict[str, Any]:
    """Le navigateur envoie droit au stockage."""
    settings.STOCKAGE, settings.S3_DIRECT = reglages_s3, True
    stockage.cache_clear()
    return reglages_s3
