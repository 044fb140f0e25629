"""Vérifie la maison sans rien exécuter du produit :
style, types, ordre des contextes, migrations.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

RACINE = Path(__file__).resolve().parents[4]
ETAPES = (
    ("style", ["ruff", "check", "."]),
    ("mise en forme", ["ruff", "format", "--check", "."]),
    ("mise en forme des gabarits", ["djangofmt", "--check", "."]),
    ("ordre des contextes", ["lint-imports", "--no-cache"]),
    ("types", ["mypy", "src/sceau", "src/droit", "src/formats", "src/beffroi"]),
)
# Les outils qui lisent fichier par fichier, et les fichiers qu'ils lisent.
GENRES = {"ruff": ".py", "djangofmt": ".html"}


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "chemins",
        nargs="*",
        help="fichiers ou dossiers dont vérifier le style et la mise en forme (tout)",
    )
    analyseur.add_argument("--vite", action="store_true", help="sans les types")


def executer(options: Namespace) -> int:
    return verifier(options.chemins, vite=options.vite)


def verifier(chemins: Sequence[str] = (), *, vite: bool = False) -> int:
    """Chaque étape, même après une autre qui a échoué : 0 si tout est bien."""
    etapes = list(etapes_pour(chemins, vite=vite))
    echecs = [nom for nom, commande in etapes if not reussie(nom, commande)]
    if echecs:
        print(f"À reprendre : {', '.join(echecs)}.", file=sys.stderr)
    return 1 if echecs else 0


def etapes_pour(chemins: Sequence[str], *, vite: bool) -> Iterator[tuple[str, list[str]]]:
    """L'ordre des contextes et les types se lisent sur l'ensemble ;
    le reste, sur ces fichiers, s'il y en a du genre.
    """
    for nom, commande in ETAPES:
        genre = GENRES.get(commande[0])
        if chemins and genre:
            lus = [chemin for chemin in chemins if chemin.endswith(genre) or Path(chemin).is_dir()]
            if lus:
                yield nom, [*commande[:-1], *lus]
        elif not (vite and nom == "types"):
            yield nom, commande


def reussie(nom: str, commande: list[str]) -> bool:
    outil = Path(sys.executable).parent / commande[0]
    # import-linter lit les paquets là où Python les trouve.
    environnement = {**os.environ, "PYTHONPATH": str(RACINE / "src")}
    resultat = subprocess.run(
        [outil, *commande[1:]],
        cwd=RACINE,
        env=environnement,
        capture_output=True,
        text=True,
        check=False,
    )
    print(f"{'bien' if resultat.returncode == 0 else 'non '}  {nom}")
    if resultat.returncode:
        print(resultat.stdout[-6000:] + resultat.stderr[-2000:])
    return resultat.returncode == 0
