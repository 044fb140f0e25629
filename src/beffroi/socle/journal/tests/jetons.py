"""Le jeton d'horodatage d'une écriture : le vrai, et celui qui ne demande aucun calcul."""

import hashlib
from datetime import datetime

from beffroi.socle.journal import chainage

VRAI_JETON = chainage.jeton_local


def jeton_sans_calcul(texte: str, *, le: datetime) -> bytes:
    return hashlib.sha256(texte.encode()).digest()
