"""Les objets qu'une scène garde au stockage, pour les rendre au test qui a le sien à part."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.fondations.stockage.local import LocalStore

# Sous une clé, un fichier, ou les parties d'un envoi : le chemin de chacun depuis le dossier.
Objets = dict[Path, bytes]


@contextmanager
def objets_gardes() -> Iterator[Objets]:
    """Ce que le stockage reçoit pendant ce temps ; connu à la sortie."""
    cles: set[str] = set()
    chemin = LocalStore.chemin

    def noter(magasin: LocalStore, cle: str) -> Path:
        cles.add(cle)
        return chemin(magasin, cle)

    gardes: Objets = {}
    with mock.patch.object(LocalStore, "chemin", noter):
        yield gardes
    for cle in cles:
        gardes |= {fichier.relative_to(dossier()): fichier.read_bytes() for fichier in sous(cle)}


def sous(cle: str) -> list[Path]:
    chemin = dossier() / cle
    return sorted(chemin.iterdir()) if chemin.is_dir() else [chemin] if chemin.exists() else []


def garder(objets: Objets) -> None:
    """Un stockage qui vit autant que la série les a déjà."""
    for nom, octets in objets.items():
        fichier = dossier() / nom
        if not fichier.exists():
            fichier.parent.mkdir(parents=True, exist_ok=True)
            fichier.write_bytes(octets)


def est_un_dossier() -> bool:
    return isinstance(stockage(), LocalStore)


def dossier() -> Path:
    magasin = stockage()
    assert isinstance(magasin, LocalStore)
    return magasin.dossier
