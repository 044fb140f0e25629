"""clamd derrière le port `antivirus.Antivirus`."""

import logging
from typing import Any, BinaryIO

from django.conf import settings

from beffroi.integrations.antivirus import client, mapping
from beffroi.seance.antivirus.rules import Constat
from beffroi.socle.fondations.erreurs import ServiceIndisponible

logger = logging.getLogger(__name__)


class Clamd:
    """Un clamd local ou voisin.

    Un silence, une réponse coupée, une adresse fausse : `ServiceIndisponible`, jamais « sain ».
    """

    def __init__(self, adresse: str, *, delai_s: float) -> None:
        self.adresse, self.delai_s = adresse, delai_s

    def analyser(self, flux: BinaryIO, *, taille: int) -> Constat:
        try:
            moteur = client.version(self.adresse, delai_s=self.delai_s)[:120]
            constat = mapping.constat_de(
                client.instream(self.adresse, flux, delai_s=self.delai_s), moteur=moteur
            )
        except (OSError, client.AdresseInconnue) as erreur:
            logger.warning("antivirus failed", extra={"cause": repr(erreur), "taille": taille})
            raise ServiceIndisponible(
                "L'antivirus n'a pas répondu : nous recommencerons."
            ) from erreur
        if constat is None:
            raise ServiceIndisponible(
                "L'antivirus a répondu autre chose qu'un constat : nous recommencerons."
            )
        return constat


def antivirus() -> Clamd | None:
    """L'adaptateur selon les réglages ; rien quand aucune adresse n'est donnée."""
    reglages: dict[str, Any] = settings.ANTIVIRUS
    return Clamd(reglages["adresse"], delai_s=reglages["delai_s"]) if reglages["adresse"] else None
