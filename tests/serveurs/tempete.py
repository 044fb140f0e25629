"""Une tempête : de vrais fils, de vraies validations,
dans un processus à part, sur une base neuve du moteur choisi.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.serveurs import souche
from tests.serveurs.modele import recopier_en_sqlite
from tests.serveurs.postgresql import PostgresqlAbsent, postgresql

MOTEURS = ("sqlite", "postgresql")
DELAI_S = 300


@contextmanager
def tempete_sur(moteur: str, dossier: Path, module: str) -> Iterator[Callable[..., dict[str, Any]]]:
    """De quoi jouer ce module sur ce moteur : il y écrit son bilan, en JSON, sur sa sortie."""

    def jouer(*arguments: object) -> dict[str, Any]:
        sortie = lancer(module, arguments, base=base, dossier=dossier)
        bilan: dict[str, Any] = json.loads(sortie)
        assert bilan["moteur"] == moteur
        return bilan

    with base_neuve(moteur, dossier) as base:
        yield jouer


@contextmanager
def base_neuve(moteur: str, dossier: Path) -> Iterator[str]:
    """L'adresse d'une base migrée et vide ; rien pour SQLite, que l'on trouve dans le dossier."""
    if moteur == "sqlite":
        recopier_en_sqlite(dossier / "beffroi.sqlite3").close()
        yield ""
        return
    try:
        with postgresql() as adresse:
            yield adresse
    except PostgresqlAbsent as absent:
        pytest.skip(str(absent))


def lancer(module: str, arguments: Sequence[object], *, base: str, dossier: Path) -> str:
    joue = souche.beffroi(
        *map(str, arguments),
        programme=module,
        delai_s=DELAI_S,
        BEFFROI_DONNEES=str(dossier),
        BEFFROI_BASE_DE_DONNEES=base,
        DJANGO_SETTINGS_MODULE="config.settings.test",
    )
    assert joue.returncode == 0, joue.stderr[-3000:]
    return joue.stdout
