"""Une démonstration qui tourne pour de vrai,
que l'on peut tuer et relancer comme une panne le ferait.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from beffroi.commandes.cli import demo, processus
from tests.architecture.arbre import RACINE
from tests.serveurs import souche
from tests.serveurs.attente import attendre
from tests.serveurs.postgresql import port_libre


@dataclass
class Plateforme:
    """Un dossier de données, un serveur, un ouvrier.

    `environnement` s'ajoute à celui des deux processus.
    """

    dossier: Path
    recit: dict[str, Any] = field(default_factory=dict)
    # L'espace d'essai coûte deux processus : seuls les parcours qui y vont le lancent.
    avec_essai: bool = False
    avec_ecole: bool = False

    @property
    def adresse(self) -> str:
        return str(self.recit["adresse"])

    @property
    def port(self) -> int:
        return int(self.adresse.rsplit(":", 1)[1])

    def demarrer(self, **environnement: str) -> None:
        """Démarre, ou redémarre à la même adresse.

        Ce qui a déjà son histoire n'a rien à rejouer : ses deux processus suffisent.
        """
        if self.recit:
            return self.lancer_les_processus(**environnement)
        sans_essai = () if self.avec_essai else ("--sans-essai",)
        ecole = ("--ecole",) if self.avec_ecole else ()
        fait = self.commande(
            "demo",
            "--sans-attendre",
            *sans_essai,
            *ecole,
            "--port",
            str(port_libre()),
            **environnement,
        )
        assert fait.returncode == 0, fait.stdout + fait.stderr
        self.recit = json.loads((self.dossier / "demo.json").read_text("utf-8"))

    def lancer_les_processus(self, **environnement: str) -> None:
        """Le serveur et l'ouvrier, tels que la commande `demo` les lance."""
        port = self.port if self.recit["adresse"] else port_libre()
        adresse = f"http://localhost:{port}"
        espaces = demo.tenir_les_voisins(port, essai=self.avec_essai, ecole=self.avec_ecole)
        reglages = demo.reglages(self.dossier.resolve(), adresse, espaces)
        environnement = {**reglages, **environnement}
        # Ils survivent à l'objet qui les a lancés :
        # `arreter` et `tuer` les retrouvent par leur numéro.
        with warnings.catch_warnings(), patch.object(processus, "lancer", souche.lancer):
            warnings.simplefilter("ignore", ResourceWarning)
            demo.demarrer(self.dossier, adresse, environnement, tenus=list(espaces.values()))
        self.recit["adresse"] = adresse

    def arreter(self) -> None:
        souche.beffroi("arreter", "--donnees", str(self.dossier))

    def finir_le_travail(self) -> None:
        """L'ouvrier fait tout ce qui est dû, puis s'arrête :
        les copies n'ont pas à le refaire, chacune pour elle.
        """
        reglages = demo.reglages(self.dossier.resolve(), self.adresse)
        fait = souche.beffroi("worker", "--une-fois", **reglages)
        assert fait.returncode == 0, fait.stderr

    def tuer(self) -> None:
        """`kill -9` du serveur et de l'ouvrier, avec leurs enfants ;
        rend la main quand ils sont morts, et le port rendu.
        """
        pids = demo.lire_les_pids(self.dossier)
        for pid in pids:
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        attendre(lambda: not any(processus.est_vivant(pid) for pid in pids))
        if self.recit.get("adresse"):
            attendre(lambda: demo.est_libre(self.port))

    def commande(self, *arguments: str, **environnement: str) -> subprocess.CompletedProcess[str]:
        return beffroi(*arguments, "--donnees", str(self.dossier), **environnement)

    def verifier(self) -> subprocess.CompletedProcess[str]:
        """Relit tout le registre et chaque pli, depuis le dossier de données."""
        return souche.beffroi("verifier", "--journal", str(self.dossier))

    def lire(self, requete: str, *valeurs: object) -> list[Any]:
        """Ce que sa base répond, ou y change : ce que le temps y aurait fait."""
        with (
            closing(sqlite3.connect(self.dossier / "beffroi.sqlite3", timeout=20)) as base,
            base,
        ):
            return base.execute(requete, valeurs).fetchall()

    def compte(self, identifiant: str) -> dict[str, Any]:
        return next(c for c in self.recit["comptes"] if c["identifiant"].startswith(identifiant))

    def consultation(self, etat: str) -> dict[str, Any]:
        return next(c for c in self.recit["consultations"] if c["etat"] == etat)

    def copie(self, vers: Path) -> "Plateforme":
        """Une autre plateforme, née des mêmes données arrêtées."""
        shutil.copytree(self.dossier, vers, ignore=shutil.ignore_patterns("*.sock"))
        for trace in ("demo.pids", "serveur.log", "ouvrier.log"):
            (vers / trace).unlink(missing_ok=True)
        return Plateforme(vers, {**self.recit, "adresse": ""})


@contextmanager
def une_copie(origine: Plateforme, vers: Path) -> Iterator[Plateforme]:
    """Une plateforme en marche, née des données arrêtées d'une autre."""
    copie = origine.copie(vers)
    copie.demarrer()
    try:
        yield copie
    finally:
        copie.arreter()


def beffroi(
    *arguments: str, delai_s: float = souche.DELAI_S, **environnement: str
) -> subprocess.CompletedProcess[str]:
    """Une commande `./beffroi`, d'un processus neuf, dans l'environnement déjà préparé."""
    return subprocess.run(
        [sys.executable, "-m", "beffroi", *arguments],
        cwd=RACINE,
        env={**os.environ, **souche.ICI, **environnement},
        capture_output=True,
        text=True,
        timeout=delai_s,
        check=False,
    )
