"""La version du jeu de règles :
de quoi rejouer un contrôle, ou savoir qu'on ne le peut plus à l'identique.
"""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from beffroi.achat.controles.rules.rapport import VersionDesRegles
from droit.en_vigueur import Droit

VERSION = "2026-11-26"
_LUS = (".py", ".toml")
_PAQUETS = ("beffroi.achat.controles.rules", "beffroi.achat.relectures.rules")


def version_des_regles(droit: Droit) -> VersionDesRegles:
    return VersionDesRegles(
        version=VERSION,
        empreinte_des_tables=droit.empreinte,
        empreinte_des_regles=_empreinte_des_regles(),
    )


@cache
def _empreinte_des_regles() -> str:
    """SHA-256 des fichiers des deux paquets de règles, dans l'ordre de leurs noms."""
    condense = hashlib.sha256()
    fichiers = [lu for paquet in _PAQUETS for lu in _fichiers(files(paquet), f"{paquet}/")]
    for nom, contenu in sorted(fichiers):
        condense.update(f"{nom}\0{len(contenu)}\0".encode())
        condense.update(contenu)
    return condense.hexdigest()


def _fichiers(dossier: Traversable, chemin: str) -> list[tuple[str, bytes]]:
    trouves: list[tuple[str, bytes]] = []
    for entree in dossier.iterdir():
        if entree.is_dir():
            trouves += _fichiers(entree, f"{chemin}{entree.name}/")
        elif entree.name.endswith(_LUS):
            trouves.append((f"{chemin}{entree.name}", entree.read_bytes()))
    return trouves
