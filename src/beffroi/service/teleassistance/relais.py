"""Par où les deux navigateurs se joignent quand ils ne se voient pas :
STUN, TURN, s'il y en a (réglages).
"""

import base64
import hashlib
import hmac
from typing import Any

from django.conf import settings

from beffroi.service.teleassistance.models import AccordEnAttente, Partage
from beffroi.service.teleassistance.rules import DUREE_AU_PLUS


def relais(partage: Partage | AccordEnAttente) -> list[dict[str, Any]]:
    """Les serveurs, sous la forme que `RTCPeerConnection` attend.

    Sans réglage, aucun : le réseau local suffit parfois.
    """
    return [_serveur(adresse, partage) for adresse in settings.TELEASSISTANCE["relais"]]


def _serveur(adresse: str, partage: Partage | AccordEnAttente) -> dict[str, Any]:
    secret = settings.TELEASSISTANCE["secret_turn"]
    if not adresse.startswith(("turn:", "turns:")) or not secret:
        return {"urls": adresse}
    # Un identifiant qui meurt avec le partage :
    # celui qui le copierait n'aurait pas un relais pour lui.
    nom = f"{int((partage.consenti_le + DUREE_AU_PLUS).timestamp())}:{partage.reference}"
    preuve = hmac.new(secret.encode(), nom.encode(), hashlib.sha1).digest()
    return {"urls": adresse, "username": nom, "credential": base64.b64encode(preuve).decode()}
