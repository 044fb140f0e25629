"""La même démonstration arrêtée, recopiée pour chaque panne."""

from collections.abc import Iterator

import pytest

from tests.plateforme import Plateforme


@pytest.fixture
def plateforme(origine: Plateforme, tmp_path: object) -> Iterator[Plateforme]:
    copie = origine.copie(tmp_path / "donnees")  # type: ignore[operator]
    try:
        yield copie
    finally:
        copie.tuer() if (copie.dossier / "demo.pids").exists() else None
