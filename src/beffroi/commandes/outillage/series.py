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
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from beffroi.commandes.outillage import qualite

RACINE = Path(__file__).resolve().parents[4]
PYTEST = [sys.executable, "-m", "pytest", "-q"]
# Deux processus calculent, un fichier à la fois, les plus longs d'abord
# (`tests/mesures`) : ils finissent ensemble.
EN_PARALLELE = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
# Devant un navigateur ou une panne, on attend plus qu'on ne calcule :
# trois vont de front, même sur deux cœurs.
DE_FRONT = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", "-p", "no:randomly"]
DOUCEMENT = ["nice", "-n", "19"]
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
    moteurs = ACote(
        lambda sortie: sur_postgresql(
            "moteurs and not navigateur and not long", ceux_des_moteurs(), sortie
        )
    )
    with origine_jouee_d_avance() as origine:
        return bilan_de(
            {
                "qualité": la_qualite,
                "plateforme entière, pannes et navigateur": lambda: moteurs.pendant(
                    lambda: jouer([*DE_FRONT, "-m", "not long", *PLATEFORME], **origine)
                ),
                "tests sur SQLite": lambda: jouer(
                    [*EN_PARALLELE, "-m", "not navigateur and not long", *SANS_PANNE]
                ),
                "moteurs : tests sur PostgreSQL, à côté": moteurs.finir,
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


class ACote:
    """Une série jouée à la plus basse priorité pendant une autre, qui attend plus qu'elle ne
    calcule : elle prend ce que l'autre laisse. Ce qu'elle dit s'affiche quand elle a fini.
    """

    def __init__(self, serie: Callable[[IO[str]], Serie]) -> None:
        self.serie = serie
        self.sortie = tempfile.TemporaryFile("w+", encoding="utf-8")

    def pendant(self, autre: Callable[[], Serie]) -> Serie:
        self.en_cours = ThreadPoolExecutor(1).submit(chronometrer, lambda: self.serie(self.sortie))
        return autre()

    def finir(self) -> Serie:
        jouee = self.en_cours.result()
        self.sortie.seek(0)
        print(self.sortie.read())
        return jouee


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
    jouee.secondes = jouee.secondes or time.monotonic() - debut
    return jouee


def la_qualite() -> Serie:
    return Serie(qualite.verifier())


def jouer(
    arguments_de_pytest: list[str], sortie: IO[str] | None = None, /, **environnement: str
) -> Serie:
    """Une série, et ce qu'elle a laissé de côté."""
    with tempfile.TemporaryDirectory() as dossier:
        bilan = Path(dossier) / "bilan"
        code = lancer(arguments_de_pytest, sortie, BEFFROI_BILAN=str(bilan), **environnement)
        return Serie(
            code, non_joues=Counter(bilan.read_text("utf-8").splitlines() if bilan.exists() else ())
        )


def lancer(
    arguments_de_pytest: list[str], sortie: IO[str] | None = None, /, **environnement: str
) -> int:
    """Une sortie à part est celle d'une série à côté : elle cède le pas aux autres."""
    return subprocess.run(
        [*(DOUCEMENT if sortie else ()), *PYTEST, *arguments_de_pytest],
        cwd=RACINE,
        env={**os.environ, **environnement},
        stdout=sortie,
        check=False,
    ).returncode


def ceux_des_moteurs() -> list[str]:
    """Les fichiers où la marque `moteurs` peut naître."""
    from tests.moteurs.marque import fichiers_a_lire

    lus = fichiers_a_lire(RACINE / ou for ou in AVEC_BASE)
    chemins = [fichier.relative_to(RACINE).as_posix() for fichier in lus]
    return [chemin for chemin in chemins if chemin not in D_EUX_MEMES]


def sur_postgresql(lesquels: str, ou: Iterable[str], sortie: IO[str] | None = None) -> Serie:
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
                sortie,
                BEFFROI_BASE_DE_DONNEES=adresse,
                BEFFROI_ACTES_JOUES=actes,
            )
    except PostgresqlAbsent as absent:
        print(f"Tests sur PostgreSQL : pas joués. {absent}")
        return Serie(None)
