"""Publie une version :
ses changements entrent au CHANGELOG, son numéro et son jour là où on les lit.

Exemple : ./beffroi publier-version 0.2.0 --le 2027-01-15 Les fragments de changelog.d s'en vont,
rassemblés par catégorie. Le texte se relit ensuite, puis s'enregistre (git).
"""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from beffroi.commandes.cli.analyse import jour
from beffroi.commandes.cli.erreurs import ErreurDeCommande

RACINE = Path(__file__).resolve().parents[4]
# L'ordre où une version se lit.
CATEGORIES = ("Ajouté", "Modifié", "Retiré", "Corrigé", "Sécurité", "Droit")
VERSION = re.compile(r"\d+\.\d+\.\d+")


def version(texte: str) -> str:
    if not VERSION.fullmatch(texte):
        raise ArgumentTypeError(f"une version s'écrit 1.2.3, pas « {texte} »")
    return texte


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("version", type=version, help="la version que l'on publie : 0.2.0")
    analyseur.add_argument(
        "--le", type=jour, required=True, help="le jour où elle paraît : 2027-01-15"
    )


def executer(options: Namespace) -> int:
    publies = publier(RACINE, options.version, le=options.le)
    print(
        f"{options.version} : {publies} changements. Relisez CHANGELOG.md, "
        "et dites dans UPGRADE.md ce qu'elle demande."
    )
    return 0


def publier(racine: Path, version: str, *, le: date) -> int:
    fragments = sorted(changements(racine))
    exiger_de_quoi_publier(racine, version, fragments)
    section = f"## {version}, {le:%Y-%m-%d}\n{''.join(par_categorie(fragments))}"
    journal = racine / "CHANGELOG.md"
    entete, ancre, versions = journal.read_text("utf-8").partition("\n## ")
    journal.write_text(f"{entete.rstrip()}\n\n{section}{ancre}{versions}", "utf-8")
    remplacer(racine / "pyproject.toml", r'^version = ".*"$', f'version = "{version}"')
    remplacer(racine / "publiccode.yml", r"^softwareVersion: .*$", f"softwareVersion: {version}")
    remplacer(racine / "publiccode.yml", r"^releaseDate: .*$", f'releaseDate: "{le:%Y-%m-%d}"')
    for fragment in fragments:
        fragment.unlink()
    return len(fragments)


def changements(racine: Path) -> Iterator[Path]:
    return (
        fichier for fichier in (racine / "changelog.d").glob("*.md") if fichier.name != "README.md"
    )


def categorie(fragment: Path) -> str:
    """`19.base-neuve.Modifié.md` : le mot d'avant l'extension."""
    return fragment.stem.rpartition(".")[2]


def exiger_de_quoi_publier(racine: Path, version: str, fragments: Sequence[Path]) -> None:
    if not fragments:
        raise ErreurDeCommande("changelog.d est vide : il n'y a rien à publier.")
    if inconnus := [
        fragment.name for fragment in fragments if categorie(fragment) not in CATEGORIES
    ]:
        raise ErreurDeCommande(
            f"{inconnus[0]} n'a pas de catégorie connue : {', '.join(CATEGORIES)}."
        )
    if f"\n## {version}," in (racine / "CHANGELOG.md").read_text("utf-8"):
        raise ErreurDeCommande(f"la version {version} est déjà publiée.")


def par_categorie(fragments: Sequence[Path]) -> Iterator[str]:
    for nom in CATEGORIES:
        siens = [fragment for fragment in fragments if categorie(fragment) == nom]
        if siens:
            yield f"\n### {nom}\n\n{''.join(map(en_puces, siens))}"


def en_puces(fragment: Path) -> str:
    """Un fragment est une phrase, ou déjà des puces."""
    texte = fragment.read_text("utf-8").strip()
    if texte.startswith("- "):
        return f"{texte}\n"
    premiere, *suite = texte.splitlines()
    return "".join(
        f"{ligne}\n" for ligne in (f"- {premiere}", *(f"  {ligne}".rstrip() for ligne in suite))
    )


def remplacer(fichier: Path, motif: str, valeur: str) -> None:
    texte, fois = re.subn(motif, valeur, fichier.read_text("utf-8"), count=1, flags=re.M)
    if not fois:
        raise ErreurDeCommande(f"{fichier.name} ne dit pas sa version où on l'attend.")
    fichier.write_text(texte, "utf-8")
