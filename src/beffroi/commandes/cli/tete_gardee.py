"""La tête signée que l'on garde chez soi :
d'une vérification à l'autre, elle trahit une réécriture même cohérente.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from beffroi.commandes.cli.constats import Constat
from beffroi.commandes.cli.erreurs import ErreurDeCommande

LIMITE_D_UNE_TETE = 16 * 1024
RUPTURE = "n'y est pas : le registre a été réécrit depuis, ou ce fichier est d'un autre registre"


class Registre(Protocol):
    """Un registre qu'on vient de relire en entier, de loin ou depuis sa base."""

    note: str

    def est_une_tete_de_l_arbre(self, note: str) -> bool: ...


def confronter(registre: Registre, fichier: Path) -> Iterator[Constat]:
    """La tête gardée doit être celle du même registre, plus court ;
    la nouvelle prend alors sa place dans le fichier.
    """
    ancienne = lire(fichier)
    if not registre.note:
        return
    if ancienne:
        tenue = registre.est_une_tete_de_l_arbre(ancienne)
        detail = f"{fichier} {'y est' if tenue else RUPTURE}"
        yield Constat("le registre prolonge la tête gardée", bon=tenue, detail=detail)
        if not tenue:
            return
    ecrire(fichier, registre.note)
    yield Constat("tête signée gardée pour la prochaine fois", bon=None, detail=str(fichier))


def lire(fichier: Path) -> str:
    try:
        with fichier.open(encoding="utf-8") as flux:
            return flux.read(LIMITE_D_UNE_TETE)
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as erreur:
        raise ErreurDeCommande(
            f"impossible de lire la tête gardée dans {fichier} : {erreur}."
        ) from erreur


def ecrire(fichier: Path, note: str) -> None:
    try:
        fichier.write_text(note, encoding="utf-8")
    except OSError as erreur:
        raise ErreurDeCommande(
            f"impossible de garder la tête signée dans {fichier} : {erreur}."
        ) from erreur
