"""La tête signée que l'on garde chez soi :
d'une vérification à l'autre, elle trahit une réécriture même cohérente, et une fin coupée.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from beffroi.commandes.cli import tetes_d_ailleurs
from beffroi.commandes.cli.constats import Constat
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from sceau import SealError, log

RUPTURE = "n'y est pas : le registre a été réécrit depuis, ou ce fichier est d'un autre registre"
COUPURE = "va jusqu'à {dite}, ce registre s'arrête à {tenue} : sa fin a été coupée"
SANS_TETE = (
    "Aucune tête gardée ailleurs n'a été comparée : des dernières lignes coupées avec leurs "
    "écritures ne se verraient pas. Donnez, par --tete, un récépissé, le courriel qui l'apportait, "
    "ce qu'un témoin a signé, ou le fichier gardé la dernière fois."
)


class Registre(Protocol):
    """Un registre qu'on vient de relire en entier, de loin ou depuis sa base."""

    note: str

    def est_une_tete_de_l_arbre(self, note: str) -> bool: ...


def confronter(registre: Registre, fichier: Path) -> Iterator[Constat]:
    """La tête gardée doit être celle du même registre, plus court ;
    la nouvelle prend alors sa place dans le fichier, s'il n'est que cela.
    """
    anciennes = tetes_d_ailleurs.lues(fichier)
    for ancienne in anciennes:
        tenue = bool(registre.note) and registre.est_une_tete_de_l_arbre(ancienne)
        detail = f"{fichier} {'y est' if tenue else _rupture(registre.note, ancienne)}"
        yield Constat("le registre prolonge la tête gardée", bon=tenue, detail=detail)
        if not tenue:
            return
    if not anciennes:
        yield Constat("fin du registre", bon=None, reserve=SANS_TETE)
    if registre.note and tetes_d_ailleurs.est_la_notre(fichier):
        ecrire(fichier, registre.note)
        yield Constat("tête signée gardée pour la prochaine fois", bon=None, detail=str(fichier))


def _rupture(presente: str, ancienne: str) -> str:
    """Plus longue que le registre, sa fin manque ; sinon, il raconte autre chose."""
    try:
        dite = log.Checkpoint.parse(ancienne).size
        tenue = log.Checkpoint.parse(presente).size if presente else 0
    except SealError:
        return RUPTURE
    return COUPURE.format(dite=dite, tenue=tenue) if dite > tenue else RUPTURE


def ecrire(fichier: Path, note: str) -> None:
    try:
        fichier.write_text(note, encoding="utf-8")
    except OSError as erreur:
        raise ErreurDeCommande(
            f"impossible de garder la tête signée dans {fichier} : {erreur}."
        ) from erreur
