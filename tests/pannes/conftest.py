"""La même démonstration arrêtée, recopiée pour chaque panne : on ne joue l'histoire qu'une fois."""

from collections.abc import Iterator

import pytest

from tests.plateforme import Plateforme


@pytest.fixture(scope="session")
def origine(tmp_path_factory: pytest.TempPathFactory) -> Plateforme:
    plateforme = Plateforme(tmp_path_factory.mktemp("origine") / "donnees")
    plateforme.demarrer()
    plateforme.arreter()
    return plateforme


@pytest.fixture
def plateforme(origine: Plateforme, tmp_path: object) -> Iterator[Plateforme]:
    copie = origine.copie(tmp_path / "donnees")  # type: ignore[operator]
    try:
        yield copie
    finally:
        copie.tuer() if (copie.dossier / "demo.pids").exists() else None
