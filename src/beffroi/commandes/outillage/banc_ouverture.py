"""Le banc de l'ouverture :
cent réponses de 20 Mio ouvertes en séance, à côté du descellement nu des mêmes octets.

Ouvrir, c'est desceller, revérifier chaque empreinte et le manifeste, écrire le clair pour de
bon, et inscrire l'acte. Les deux gestes alternent, réponse après réponse : une machine
occupée les ralentit ensemble.
"""

import os
import tempfile
from argparse import Namespace
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.commandes.cli.analyse import Analyseur
from beffroi.commandes.cli.cadre import preparer_django
from beffroi.commandes.outillage.banc_sceau import chronometrer, memoire
from sceau import unseal

if TYPE_CHECKING:
    from beffroi.commandes.outillage.banc_ouverture_scene import Scene


@dataclass
class Durees:
    """Les secondes de chaque geste, une par réponse."""

    ouvrir: list[float] = field(default_factory=list)
    desceller: list[float] = field(default_factory=list)


def mesurer(argv: list[str]) -> int:
    options = lire_les_options(argv)
    with tempfile.TemporaryDirectory(prefix="beffroi-banc-") as dossier:
        return mesurer_dans(Path(dossier), options)


def lire_les_options(argv: list[str]) -> Namespace:
    analyseur = Analyseur("./beffroi bench ouverture")
    analyseur.add_argument("--plis", type=int, default=100, help="réponses à ouvrir (100)")
    analyseur.add_argument(
        "--taille", type=int, default=20, help="taille de chaque réponse, en Mio (20)"
    )
    analyseur.add_argument(
        "--base", default="", help="adresse d'une base vide (SQLite dans le dossier du banc)"
    )
    return analyseur.parse_args(argv)


def mesurer_dans(dossier: Path, options: Namespace) -> int:
    preparer(dossier, options)
    from beffroi.commandes.outillage.banc_ouverture_scene import preparer_la_scene
    from beffroi.socle.fondations.horloge import maintenant

    scene = preparer_la_scene(options.plis, taille=options.taille << 20, le=maintenant())
    durees, intactes = ouvrir_tout(scene, dossier, le=maintenant())
    afficher(durees, options)
    print(
        f"\nMémoire du processus : {memoire()} Mio au plus. Contenus identiques : "
        f"{intactes} sur {options.plis}."
    )
    return 0 if intactes == options.plis else 1


def preparer(dossier: Path, options: Namespace) -> None:
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings.dev",
        BEFFROI_DONNEES=str(dossier),
        BEFFROI_ADRESSE="http://localhost:18000",
        BEFFROI_BASE_DE_DONNEES=options.base,
    )
    preparer_django()
    from django.conf import settings

    settings.DEBUG = False


def ouvrir_tout(scene: "Scene", dossier: Path, *, le: datetime) -> tuple[Durees, int]:
    """Rend les durées, et le nombre de réponses rendues telles qu'elles étaient."""
    durees, intactes, clair = Durees(), 0, dossier / "repere"
    for rang in scene.rangs:
        durees.desceller.append(chronometrer(partial(desceller, scene, rang, clair)))
        durees.ouvrir.append(chronometrer(partial(scene.ouvrir, rang, le=le)))
        intactes += scene.est_intact(rang, repere=clair)
        clair.unlink()
    return durees, intactes


def desceller(scene: "Scene", rang: int, clair: Path) -> None:
    """Le repère : les mêmes octets scellés, descellés et écrits,
    sans rien vérifier ni inscrire de plus.
    """
    with scene.scelle(rang) as lu, clair.open("wb") as ecrit:
        unseal(lu, ecrit, [scene.cle])
        ecrit.flush()
        os.fsync(ecrit.fileno())


def afficher(durees: Durees, options: Namespace) -> None:
    total = options.plis * options.taille
    repere = sum(durees.desceller)
    print(f"{options.plis} réponses de {options.taille} Mio, {total} Mio en tout.\n")
    print("| geste | secondes | Mio/s | rapport au descellement |")
    print("|---|---|---|---|")
    for libelle, secondes in (
        ("desceller et écrire", repere),
        ("ouvrir en séance", sum(durees.ouvrir)),
    ):
        print(f"| {libelle} | {secondes:.1f} | {total / secondes:.0f} | {secondes / repere:.2f} |")
