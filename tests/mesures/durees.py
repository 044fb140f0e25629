"""Combien de secondes demande chaque fichier d'essais :
mesuré par les séries, gardé dans `durees.json`.

Sert à jouer les plus longs d'abord, pour que les processus finissent ensemble, et à remplir un
temps compté (`./beffroi test <quartier>`). Un fichier inconnu vaut la médiane : l'ordre n'est
qu'une politesse, jamais une preuve.
"""

import json
import os
from collections import Counter
from functools import cache
from pathlib import Path
from statistics import median

import pytest

RACINE = Path(__file__).resolve().parents[2]
GARDEES = RACINE / "tests" / "mesures" / "durees.json"


@cache
def gardees() -> dict[str, float]:
    return json.loads(GARDEES.read_text("utf-8")) if GARDEES.exists() else {}


@cache
def secondes(fichier: Path) -> float:
    connues = gardees()
    return connues.get(
        fichier.relative_to(RACINE).as_posix(), median(connues.values()) if connues else 1.0
    )


def les_plus_longs_d_abord(items: list[pytest.Item]) -> None:
    """L'ordre des fichiers ;
    dans un fichier, l'ordre reste celui, au hasard ou non, qu'on lui a donné.
    """
    rangs = {
        fichier: rang for rang, fichier in enumerate(dict.fromkeys(item.path for item in items))
    }
    items.sort(key=lambda item: (-secondes(item.path), rangs[item.path]))


class Chronometre:
    """Additionne ce que prend chaque fichier, et le laisse où on le demande (`BEFFROI_DUREES`)."""

    def __init__(self, vers: Path) -> None:
        self.vers, self.prises = vers, Counter[str]()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.prises[report.nodeid.split("::")[0]] += report.duration

    def pytest_sessionfinish(self) -> None:
        if "PYTEST_XDIST_WORKER" in os.environ:
            return
        deja = json.loads(self.vers.read_text("utf-8")) if self.vers.exists() else {}
        mesurees = {fichier: round(duree, 1) for fichier, duree in self.prises.items()}
        self.vers.write_text(
            json.dumps({**deja, **mesurees}, indent=0, sort_keys=True) + "\n", "utf-8"
        )
