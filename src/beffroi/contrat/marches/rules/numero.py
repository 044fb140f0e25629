"""Le numéro d'un contrat :
seize signes au plus, un seul par acheteur (schéma des données essentielles).
"""

import re
from collections.abc import Collection

from droit.citation import Document
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit

SCHEMA = Document("Schéma officiel des données essentielles")
_SIGNES = re.compile(r"[0-9A-Za-z][0-9A-Za-z_./-]*")


def numero_recevable(numero: str, *, deja: Collection[str], droit: Droit) -> Decision:
    """Des lettres, des chiffres, un tiret : le numéro voyage dans des fichiers et des adresses."""
    maximum = droit.valeur("donnees_essentielles.numero").entier
    trop_long = (
        f"Ce numéro fait {len(numero)} signes. Les données essentielles en admettent {maximum}. "
        "Raccourcissez-le."
    )
    return Decision.selon(
        None if numero else Motif("Donnez un numéro au contrat.", SCHEMA),
        Motif(trop_long, SCHEMA) if len(numero) > maximum else None,
        Motif(
            (
                "Un numéro commence par une lettre ou un chiffre, et n'a ni espace ni accent. "
                "Exemple : 2027-014-L1."
            ),
            SCHEMA,
        )
        if numero and not _SIGNES.fullmatch(numero)
        else None,
        Motif(
            (
                f"Un autre contrat de cet acheteur porte déjà le numéro {numero}. "
                "Choisissez-en un autre."
            ),
            SCHEMA,
        )
        if numero in deja
        else None,
    )


def numero_propose(annee: int, *, deja: Collection[str], lot: int | None = None) -> str:
    """« 2027-014 », ou « 2027-014-L1 » : le rang qui suit le plus grand de l'année."""
    rangs = [
        int(trouve[1]) for numero in deja if (trouve := re.match(rf"{annee}-([0-9]+)", numero))
    ]
    return f"{annee}-{max(rangs, default=0) + 1:03d}{f'-L{lot}' if lot else ''}"
