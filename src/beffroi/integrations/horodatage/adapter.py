"""Le service d'horodatage qualifié :
une liste d'adresses, essayées dans l'ordre, dans un temps compté.
"""

import logging
import secrets
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings

from beffroi.integrations.horodatage import client
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.journal.ports import JetonObtenu
from sceau import SealError, timestamp

logger = logging.getLogger(__name__)


class HorodateurQualifie:
    """Demande un jeton et le vérifie entièrement avant de le rendre :
    empreinte, aléa, signature, racine.
    """

    def __init__(self, adresses: Sequence[str], racines: bytes, *, budget_s: float) -> None:
        self.adresses = tuple(adresses)
        self.racines = timestamp.load_roots(racines)
        self.budget_s = budget_s

    def horodater(self, empreinte: bytes) -> JetonObtenu:
        """Le premier jeton valable ;
        `ServiceIndisponible` si aucune adresse n'en donne dans le temps accordé.
        """
        limite = time.monotonic() + self.budget_s
        for adresse in self.adresses:
            reste = limite - time.monotonic()
            if reste <= 0:
                break
            try:
                return self.essayer(adresse, empreinte, delai_s=reste)
            except (httpx.HTTPError, client.ReponseInattendue, SealError) as erreur:
                logger.warning(
                    "timestamp authority failed", extra={"adresse": adresse, "cause": repr(erreur)}
                )
        raise ServiceIndisponible(
            "Aucun service d'horodatage qualifié n'a répondu : nous recommencerons."
        )

    def essayer(self, adresse: str, empreinte: bytes, *, delai_s: float) -> JetonObtenu:
        alea = secrets.randbits(63)
        reponse = client.demander(adresse, timestamp.request(empreinte, alea), delai_s=delai_s)
        jeton = timestamp.parse_response(reponse)
        verifie = timestamp.verify(jeton, empreinte, self.racines, nonce=alea)
        return JetonObtenu(jeton=jeton, autorite=verifie.authority[:250], horodate_le=verifie.time)


def horodateur() -> HorodateurQualifie | None:
    """L'adaptateur selon les réglages ; rien quand aucune adresse n'est donnée."""
    reglages: dict[str, Any] = settings.HORODATAGE
    if not reglages["adresses"]:
        return None
    racines = Path(reglages["racines"]).read_bytes()
    return HorodateurQualifie(reglages["adresses"], racines, budget_s=reglages["budget_s"])
