"""Les séries de tests : ce que chacune joue, sur quoi, et dans quel ordre.

La courte se joue à chaque changement et tient dans une pause ; la longue rejoue tout, sur les deux
moteurs. Ce qui n'a pas pu tourner (pas de PostgreSQL, pas de Chromium) est dit à la fin, jamais tu.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from beffroi.commandes.outillage import qualite

RACINE = Path(__file__).resolve().parents[4]
PYTEST = [sys.executable, "-m", "pytest", "-q"]
# Deux processus calculent, un fichier à la fois, les plus longs d'abord
# (`tests/mesures`) : ils finissent ensemble.
EN_PARALLELE = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
# Devant un navigateur ou une panne, on attend plus qu'on ne calcule :
# trois vont de front, même sur deux cœurs.
DE_FRONT = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", "-p", "no:randomly"]
AVEC_BASE = [
    "src/beffroi",
    "tests/droit",
    "tests/conventions",
    "tests/preuves",
    "tests/restitutions",
    "tests/moteurs/test_vidage.py",
    "tests/architecture/test_cloisonnement.py",
]
# Ces tests choisissent eux-mêmes leur moteur, ou ne parlent qu'au stockage :
# les rejouer ne prouverait rien de plus.
D_EUX_MEMES = [
    f"src/beffroi/reponse/depots/tests/{nom}.py"
    for nom in ("test_simultaneite", "test_s3", "test_stockage")
]
PLATEFORME = ["tests/pannes", "tests/parcours"]
SANS_PANNE = ["--ignore=tests/pannes"]


@dataclass
class Serie:
    """Le code rendu par une série (rien :
    pas jouée), sa durée, et ce qui n'y a pas été joué, par raison.
    """

    code: int | None
    secondes: float = 0
    non_joues: Counter[str] = field(default_factory=Counter)

    def en_une_ligne(self, nom: str) -> str:
        verdict = {0: "bien     ", None: "pas joué "}.get(self.code, "échec    ")
        reste = f" ({self.non_joues.total()} non joués)" if self.non_joues else ""
        return f"{verdict} {self.secondes:5.0f} s  {nom}{reste}"


def la_courte() -> int:
    """Tout sur SQLite, ce qui dit quelque chose d'un moteur sur PostgreSQL,
    et les parcours de chaque jour.
    """
    with origine_jouee_d_avance() as origine:
        return bilan_de(
            {
                "qualité": la_qualite,
                "plateforme entière, pannes et navigateur": lambda: jouer(
                    [*DE_FRONT, "-m", "not long", *PLATEFORME], **origine
                ),
                "tests sur SQLite": lambda: jouer(
                    [*EN_PARALLELE, "-m", "not navigateur and not long", *SANS_PANNE]
                ),
                "moteurs : tests sur PostgreSQL": lambda: sur_postgresql(
                    "moteurs and not navigateur and not long", ceux_des_moteurs()
                ),
            }
        )


def la_longue() -> int:
    """Tout ce qui touche à une base sur les deux moteurs, et tous les parcours."""
    with origine_jouee_d_avance() as origine:
        return bilan_de(
            {
                "qualité": la_qualite,
                "plateforme entière, pannes et navigateur": lambda: jouer(
                    [*DE_FRONT, *PLATEFORME], **origine
                ),
                "tests sur SQLite": lambda: jouer(
                    [*EN_PARALLELE, "-m", "not navigateur", *SANS_PANNE], BEFFROI_SERIE="longue"
                ),
                "tests sur PostgreSQL": lambda: sur_postgresql(
                    "base and not navigateur",
                    [*AVEC_BASE, *(f"--ignore={fichier}" for fichier in D_EUX_MEMES)],
                ),
            }
        )


@contextmanager
def origine_jouee_d_avance() -> Iterator[dict[str, str]]:
    """La démonstration que les parcours recopient se joue pendant la qualité :
    chacune n'occupe qu'un cœur. Si elle échoue, les parcours la rejouent, et le disent.
    """
    with tempfile.TemporaryDirectory(prefix="beffroi-origine-") as dossier:
        acteur = subprocess.Popen(
            [sys.executable, "-m", "tests.origine", dossier],
            cwd=RACINE,
            env={**os.environ, "PYTHONPATH": f"{RACINE / 'src'}{os.pathsep}{RACINE}"},
            stdin=subprocess.DEVNULL,
        )
        try:
            yield {"BEFFROI_ORIGINE": dossier}
        finally:
            acteur.wait()


def bilan_de(series: Mapping[str, Callable[[], Serie]]) -> int:
    """Joue les séries l'une après l'autre, même après un échec : on veut tout savoir d'un coup."""
    debut = time.monotonic()
    jouees = {nom: chronometrer(serie) for nom, serie in series.items()}
    print()
    print("\n".join(serie.en_une_ligne(nom) for nom, serie in jouees.items()))
    for raison, nombre in sum(
        (serie.non_joues for serie in jouees.values()), Counter[str]()
    ).most_common():
        print(f"  non joués : {nombre} fois, {raison}")
    print(f"{time.monotonic() - debut:.0f} secondes.")
    return 1 if any(serie.code for serie in jouees.values()) else 0


def chronometrer(serie: Callable[[], Serie]) -> Serie:
    debut = time.monotonic()
    jouee = serie()
    jouee.secondes = time.monotonic() - debut
    return jouee


def la_qualite() -> Serie:
    return Serie(qualite.verifier())


def jouer(arguments_de_pytest: list[str], **environnement: str) -> Serie:
    """Une série, et ce qu'elle a laissé de côté."""
    with tempfile.TemporaryDirectory() as dossier:
        bilan = Path(dossier) / "bilan"
        code = lancer(arguments_de_pytest, BEFFROI_BILAN=str(bilan), **environnement)
        return Serie(
            code, non_joues=Counter(bilan.read_text("utf-8").splitlines() if bilan.exists() else ())
        )


def lancer(arguments_de_pytest: list[str], **environnement: str) -> int:
    return subprocess.run(
        [*PYTEST, *arguments_de_pytest],
        cwd=RACINE,
        env={**os.environ, **environnement},
        check=False,
    ).returncode


def ceux_des_moteurs() -> list[str]:
    """Les fichiers où la marque `moteurs` peut naître."""
    from tests.moteurs.marque import fichiers_a_lire

    lus = fichiers_a_lire(RACINE / ou for ou in AVEC_BASE)
    chemins = [fichier.relative_to(RACINE).as_posix() for fichier in lus]
    return [chemin for chemin in chemins if chemin not in D_EUX_MEMES]


def sur_postgresql(lesquels: str, ou: Iterable[str]) -> Serie:
    """Rejoue sur un vrai PostgreSQL, et échoue si rien n'y joue un des actes du produit."""
    from tests.serveurs.postgresql import PostgresqlAbsent, postgresql

    try:
        with postgresql() as adresse, tempfile.TemporaryDirectory() as actes:
            return jouer(
                [
                    *EN_PARALLELE,
                    "-p",
                    "tests.moteurs.actes_joues",
                    "-m",
                    lesquels,
                    *ou,
                ],
                BEFFROI_BASE_DE_DONNEES=adresse,
                BEFFROI_ACTES_JOUES=actes,
            )
    except PostgresqlAbsent as absent:
        print(f"Tests sur PostgreSQL : pas joués. {absent}")
        return Serie(None)
