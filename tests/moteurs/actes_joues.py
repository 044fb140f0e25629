"""Tout acte se joue au moins une fois sur PostgreSQL :
ce greffon note ceux où l'on est entré, nomme les oubliés, et fait alors échouer la série.

Se charge par `-p tests.moteurs.actes_joues`, que seule la série entière demande : qui joue à la
main une part des essais n'a pas à jouer tous les actes. Chaque processus laisse sa part ; le
premier les réunit à la fin.
"""

import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

import pytest

from tests.architecture.arbre import SOURCES

OUTIL = 3  # un numéro libre de `sys.monitoring` : la couverture prend le 1


def est_un_module_d_actes(fichier: Path) -> bool:
    return fichier.name == "services.py" or fichier.parent.name == "services"


def actes(sources: Path) -> Iterator[str]:
    """Chaque fonction publique d'un module d'actes : `fichier:nom`."""
    for fichier in sorted(sources.glob("beffroi/**/*.py")):
        if "tests" in fichier.relative_to(sources).parts or not est_un_module_d_actes(fichier):
            continue
        for noeud in ast.parse(fichier.read_text("utf-8")).body:
            if isinstance(noeud, ast.FunctionDef) and not noeud.name.startswith("_"):
                yield f"{fichier}:{noeud.name}"


class ActesJoues:
    """Le premier passage dans chaque fonction, et lui seul : rien ne ralentit ensuite."""

    def __init__(self, dossier: Path, sources: Path = SOURCES) -> None:
        self.dossier, self.sources = dossier, sources
        self.produit, self.entres = str(sources / "beffroi"), set[str]()

    def entrer(self, code: CodeType, _: int) -> object:
        if code.co_filename.startswith(self.produit) and est_un_module_d_actes(
            Path(code.co_filename)
        ):
            self.entres.add(f"{code.co_filename}:{code.co_name}")
        return sys.monitoring.DISABLE

    def ecouter(self) -> None:
        sys.monitoring.use_tool_id(OUTIL, "actes joués")
        sys.monitoring.register_callback(OUTIL, sys.monitoring.events.PY_START, self.entrer)
        sys.monitoring.set_events(OUTIL, sys.monitoring.events.PY_START)

    def laisser(self) -> None:
        self.dossier.mkdir(parents=True, exist_ok=True)
        (self.dossier / str(os.getpid())).write_text("\n".join(sorted(self.entres)), "utf-8")

    def oublies(self) -> list[str]:
        joues = {
            ligne
            for part in self.dossier.iterdir()
            for ligne in part.read_text("utf-8").splitlines()
        }
        return [
            acte.removeprefix(f"{self.sources}/")
            for acte in actes(self.sources)
            if acte not in joues
        ]

    def pytest_sessionstart(self) -> None:
        self.ecouter()

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Les ouvriers ont déjà laissé leur part quand le premier processus arrive ici."""
        self.laisser()
        premier = not hasattr(session.config, "workerinput")
        if premier and session.exitstatus == pytest.ExitCode.OK and self.oublies():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if oublies := self.oublies():
            terminalreporter.section(
                "actes qu'aucun essai ne joue sur PostgreSQL : marquez-en un `moteurs`"
            )
            terminalreporter.write_line("\n".join(oublies))


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(
        ActesJoues(Path(os.environ["BEFFROI_ACTES_JOUES"])), "actes-joues"
    )
