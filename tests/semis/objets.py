"""Les objets qu'une scène garde au stockage, ou en retire,
rendus tels quels au test suivant, quoi qu'un autre en ait fait.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.fondations.stockage.local import LocalStore

# Sous chaque clé, un fichier, ou les parties d'un envoi, par leur nom ; rien si elle n'y est plus.
Fichiers = dict[str, bytes]
Objets = dict[str, Fichiers]
LE_FICHIER = ""


@contextmanager
def objets_gardes() -> Iterator[Objets]:
    """Ceux que le stockage touche pendant ce temps, tels qu'il les laisse à la sortie."""
    gardes: Objets = {}
    chemin = LocalStore.chemin

    def noter(magasin: LocalStore, cle: str) -> Path:
        place = chemin(magasin, cle)
        gardes[cle] = {}
        return place

    with mock.patch.object(LocalStore, "chemin", noter):
        yield gardes
    gardes |= {cle: fichiers_sous(cle) for cle in gardes}


def garder(objets: Objets) -> None:
    for cle, fichiers in objets.items():
        if fichiers_sous(cle) != fichiers:
            stockage().supprimer(cle)
            ecrire(dossier() / cle, fichiers)


def ecrire(chemin: Path, fichiers: Fichiers) -> None:
    for nom, octets in fichiers.items():
        fichier = chemin / nom
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_bytes(octets)


def fichiers_sous(cle: str) -> Fichiers:
    chemin = dossier() / cle
    if chemin.is_dir():
        return {fichier.name: fichier.read_bytes() for fichier in chemin.iterdir()}
    return {LE_FICHIER: chemin.read_bytes()} if chemin.exists() else {}


def est_un_dossier() -> bool:
    return isinstance(stockage(), LocalStore)


def dossier() -> Path:
    magasin = stockage()
    assert isinstance(magasin, LocalStore)
    return magasin.dossier
