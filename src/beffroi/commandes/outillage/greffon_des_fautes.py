"""Greffon de pytest :
retient le premier test qui trouve chaque faute, et ne joue plus les autres qui la cherchent.

Il se charge dans la copie où les fautes sont plantées, qui ne connaît de la maison que ce fichier.
`BEFFROI_FAUTES` : pour chaque faute, le début du nom des tests qui la cherchent.
`BEFFROI_FAUTES_TROUVEES` : le fichier où rendre le nom du test qui l'a trouvée.
"""

import json
import os
from pathlib import Path

import pytest

CHERCHEES: dict[str, list[str]] = json.loads(os.environ["BEFFROI_FAUTES"])
TROUVEES: dict[str, str] = {}


def faute_que_cherche(test: str) -> str:
    return next(nom for nom, ou in CHERCHEES.items() if test.startswith(tuple(ou)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Avant tout décor : planter une scène pour une faute déjà trouvée ne servirait à rien."""
    if faute_que_cherche(item.nodeid) in TROUVEES:
        pytest.skip("sa faute est trouvée")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed:
        TROUVEES.setdefault(faute_que_cherche(report.nodeid), report.nodeid)


def pytest_sessionfinish() -> None:
    Path(os.environ["BEFFROI_FAUTES_TROUVEES"]).write_text(json.dumps(TROUVEES), "utf-8")
