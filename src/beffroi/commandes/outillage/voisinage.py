"""`./beffroi test <quartier|contexte>` : lui d'abord et ce qui tient la maison entière, puis ce qui
dépend de lui, du plus proche au plus lointain, en trois minutes.

Ce qui n'a pas tenu dans ce temps est nommé : `./beffroi test` le jouera.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from beffroi.commandes.outillage.series import EN_PARALLELE, RACINE, lancer

BEFFROI = RACINE / "src" / "beffroi"
# Trois minutes de deux processus,
# moins ce qu'il faut pour lire les essais et planter le premier décor.
SECONDES = 2 * 180 - 60
TRANSVERSES = ("tests/architecture", "tests/droit", "tests/preuves")
# Couches, noms, tailles, documents : rien n'y nomme un contexte, et le moindre changement peut y
# échouer. Les trois tours de toutes les adresses, eux, prennent des minutes.
MAISON = RACINE / "tests" / "architecture"
TOURS = {"test_cloisonnement.py", "test_roles.py", "test_secret_du_nombre.py"}


@cache
def lieux() -> dict[str, Path]:
    """Chaque quartier et chaque contexte, par son nom."""
    modes_d_emploi = [*BEFFROI.glob("*/README.md"), *BEFFROI.glob("*/*/README.md")]
    return {fichier.parent.name: fichier.parent for fichier in modes_d_emploi}


def jouer(lieu: str) -> int:
    joues, laisses = choisis(lieu)
    code = lancer([*EN_PARALLELE, "-m", "not navigateur and not long", *map(str, joues)])
    if laisses:
        print(
            f"Trois minutes sont pleines : {len(laisses)} fichiers qui dépendent de « {lieu} » "
            "n'ont pas été joués."
        )
        print(
            "Les plus proches : "
            + ", ".join(str(fichier.relative_to(RACINE)) for fichier in laisses[:5])
        )
        print("« ./beffroi test » les joue tous.")
    return code


def choisis(lieu: str, tenir: float = SECONDES) -> tuple[list[Path], list[Path]]:
    """Les fichiers d'essais à jouer, et ceux que le temps laisse :
    le lieu en entier, puis ses dépendants, au plus près.
    """
    from tests.mesures.durees import secondes

    joues: list[Path] = []
    laisses: list[Path] = []
    for fichier, distance in sorted(
        distances(lieu).items(), key=lambda voisin: (voisin[1], secondes(voisin[0]))
    ):
        tenir -= secondes(fichier)
        (joues if distance == 0 or tenir > 0 else laisses).append(fichier)
    return joues, laisses


def distances(lieu: str) -> dict[Path, int]:
    """Chaque fichier d'essais qui touche au lieu :
    0 chez lui ou pour toute la maison, 1 s'il l'importe, puis de proche en proche.
    """
    dossier, rangs = lieux()[lieu], rangs_des_modules(lieu)
    trouvees = {}
    for essai in essais():
        if dossier in essai.parents or tient_la_maison(essai):
            trouvees[essai] = 0
        elif rang := min((rangs[m] + 1 for m in imports(essai) if m in rangs), default=None):
            trouvees[essai] = rang
    return trouvees


def tient_la_maison(essai: Path) -> bool:
    return essai.parent == MAISON and essai.name not in TOURS


def rangs_des_modules(lieu: str) -> dict[str, int]:
    """Les modules du produit, par leur distance au lieu dans le graphe des imports."""
    dossier = lieux()[lieu]
    rangs = {nom: 0 for nom, fichier in modules().items() if dossier in fichier.parents}
    vague = set(rangs)
    while vague:
        vague = {nom for nom in modules() if nom not in rangs and imports(modules()[nom]) & vague}
        rangs |= dict.fromkeys(vague, max(rangs.values()) + 1)
    return rangs


@cache
def modules() -> dict[str, Path]:
    fichiers = [
        f
        for f in (RACINE / "src").rglob("*.py")
        if "tests" not in f.parts and "migrations" not in f.parts
    ]
    return {
        ".".join(f.relative_to(RACINE / "src").with_suffix("").parts).removesuffix(".__init__"): f
        for f in fichiers
    }


@cache
def imports(fichier: Path) -> frozenset[str]:
    """Les modules nommés par un fichier, et ceux dont il prend un nom."""
    return frozenset(_imports(ast.parse(fichier.read_text("utf-8"))))


def _imports(arbre: ast.Module) -> Iterator[str]:
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Import):
            yield from (alias.name for alias in noeud.names)
        elif isinstance(noeud, ast.ImportFrom) and noeud.module:
            yield noeud.module
            yield from (f"{noeud.module}.{alias.name}" for alias in noeud.names)


def essais() -> Iterator[Path]:
    yield from (f for f in (RACINE / "src").rglob("test_*.py") if "tests" in f.parts)
    for dossier in TRANSVERSES:
        yield from (RACINE / dossier).rglob("test_*.py")
