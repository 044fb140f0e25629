"""Une copie du code, des fautes dedans, et les tests qui les cherchent, étage après étage."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.outillage import liste_des_fautes
from beffroi.commandes.outillage.liste_des_fautes import Faute

MODELES = Path("var") / "modeles"
GREFFON = "greffon_des_fautes"
PLATEFORME = ("tests/pannes", "tests/parcours")
PYTEST = ("-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", GREFFON, "--no-header")
TOUT_PASSE, DES_ECHECS, RIEN_A_JOUER = 0, 1, 5
# Le serveur naît du code de la copie : une migration fautive fait la base où ses tests se jouent.
SUR_POSTGRESQL = """
import os, sys, pytest
from tests.serveurs.postgresql import postgresql
with postgresql() as adresse:
    os.environ["BEFFROI_BASE_DE_DONNEES"] = adresse
    code = pytest.main(sys.argv[1:])
sys.exit(code)
"""


@dataclass(frozen=True)
class Etage:
    """Une façon de jouer des tests : sur quoi, et lesquels."""

    nom: str
    marque: str = ""
    en_postgresql: bool = False
    de_la_plateforme: bool = False

    def chemins(self, faute: Faute) -> list[str]:
        return [ou for ou in faute.ou if ou.startswith(PLATEFORME) == self.de_la_plateforme]


def etages(sur_postgresql: str, et: str) -> tuple[Etage, ...]:
    """Tout sur SQLite ; sur PostgreSQL, ce qui porte cette marque ;
    puis la plateforme entière (`outillage.series`).
    """
    return (
        Etage("SQLite", f"not navigateur{et}"),
        Etage("PostgreSQL", f"{sur_postgresql} and not navigateur{et}", en_postgresql=True),
        Etage("plateforme", et.removeprefix(" and "), de_la_plateforme=True),
    )


SERIES = {"courte": etages("moteurs", " and not long"), "longue": etages("base", "")}


@dataclass(frozen=True)
class Constat:
    """Ce que la série a dit d'une faute.

    `par` : le test qui l'a trouvée ; vide si elle passe inaperçue.
    """

    faute: Faute
    par: str = ""
    etage: str = ""

    def dit(self) -> dict[str, Any]:
        """Ce qui s'en garde."""
        if not self.par:
            return {"trouvee": False}
        return {"trouvee": True, "par": self.par, "etage": self.etage}

    def en_une_ligne(self) -> str:
        return f"{self.faute.nom} : " + (f"{self.etage}, {self.par}" if self.par else "PAS TROUVÉE")


@contextmanager
def une_copie() -> Iterator[Path]:
    """Les fichiers suivis, le greffon, et les bases déjà migrées ; effacée à la sortie."""
    racine = liste_des_fautes.RACINE
    suivis = subprocess.run(["git", "ls-files", "-z"], cwd=racine, capture_output=True, check=True)
    with tempfile.TemporaryDirectory(prefix="beffroi-fautes-") as dossier:
        copie = Path(dossier)
        for nom in filter(None, suivis.stdout.decode().split("\0")):
            (copie / nom).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(racine / nom, copie / nom)
        poser_le_greffon(copie)
        if (racine / MODELES).is_dir():
            # PostgreSQL tient à ses droits et à son compte : `cp -a` les garde.
            subprocess.run(["cp", "-a", racine / MODELES, copie / MODELES], check=True)
        yield copie


def poser_le_greffon(copie: Path) -> None:
    """À part du code copié, qui peut être plus ancien que lui."""
    vers = dossier_du_greffon(copie)
    vers.mkdir(parents=True)
    shutil.copy2(Path(__file__).with_name(f"{GREFFON}.py"), vers)


def dossier_du_greffon(copie: Path) -> Path:
    return copie / "var" / "greffon"


@contextmanager
def plantees(fautes: Sequence[Faute], copie: Path) -> Iterator[None]:
    """Ces fautes sont dans la copie, le temps d'un bloc."""
    sains = {copie / faute.fichier: (copie / faute.fichier).read_text("utf-8") for faute in fautes}
    try:
        for faute in fautes:
            fichier = copie / faute.fichier
            fichier.write_text(faute.plantee_dans(fichier.read_text("utf-8")), "utf-8")
        yield
    finally:
        for fichier, texte in sains.items():
            fichier.write_text(texte, "utf-8")


def chercher(fautes: Sequence[Faute], copie: Path, serie: Sequence[Etage]) -> list[Constat]:
    """Étage après étage, tant qu'il en reste à trouver.

    Un test qui échoue aussi sans elles n'en trouve aucune.
    """
    trouves: dict[str, Constat] = {}
    for etage in serie:
        restent = {faute.nom: etage.chemins(faute) for faute in fautes if faute.nom not in trouves}
        echouent = jouer(etage, restent, copie, dans=copie)
        sans_elles = jouer(
            etage,
            {nom: [test] for nom, test in echouent.items()},
            copie,
            dans=liste_des_fautes.RACINE,
        )
        trouves |= {
            faute.nom: Constat(faute, echouent[faute.nom], moteur_de(echouent[faute.nom], etage))
            for faute in fautes
            if faute.nom in echouent.keys() - sans_elles.keys()
        }
    return [trouves.get(faute.nom, Constat(faute)) for faute in fautes]


def moteur_de(test: str, etage: Etage) -> str:
    """Quelques tests choisissent eux-mêmes leur moteur, et leur nom le dit."""
    return "PostgreSQL" if "[postgresql" in test else etage.nom


def jouer(
    etage: Etage, tests: Mapping[str, Sequence[str]], copie: Path, *, dans: Path
) -> dict[str, str]:
    """Pour chaque faute, le premier de ses tests qui échoue dans ce code ; rien si tous passent."""
    chemins = [chemin for siens in tests.values() for chemin in siens]
    if not chemins:
        return {}
    bilan = dossier_du_greffon(copie) / "trouvees.json"
    bilan.unlink(missing_ok=True)
    lanceur = ["-c", SUR_POSTGRESQL] if etage.en_postgresql else ["-m", "pytest"]
    marque = ["-m", etage.marque] if etage.marque else []
    joue = subprocess.run(
        [sys.executable, *lanceur, *PYTEST, *marque, *chemins],
        cwd=dans,
        env={
            **environnement(copie, dans=dans),
            "BEFFROI_FAUTES": json.dumps(
                {nom: list(siens) for nom, siens in tests.items() if siens}
            ),
            "BEFFROI_FAUTES_TROUVEES": str(bilan),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if joue.returncode not in (TOUT_PASSE, DES_ECHECS, RIEN_A_JOUER):
        fin = (joue.stdout + joue.stderr)[-3000:]
        raise ErreurDeCommande(f"pytest n'a pas pu jouer {' '.join(chemins)} ({etage.nom}).\n{fin}")
    lu: dict[str, str] = json.loads(bilan.read_text("utf-8"))
    return lu


def environnement(copie: Path, *, dans: Path) -> dict[str, str]:
    """Celui de cette commande, où le code est celui de ce dossier,
    et ce qui s'en compile à côté de lui.
    """
    normes = liste_des_fautes.RACINE.parent / "shared" / "standards"
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, (dans / "src", dans, dossier_du_greffon(copie)))),
        "PYTHONPYCACHEPREFIX": str(dans / "var" / "octets"),
        "BEFFROI_TEST_STANDARDS": os.environ.get("BEFFROI_TEST_STANDARDS", str(normes)),
    }
