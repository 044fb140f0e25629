"""Remplacer le fichier d'une ressource du portail national, par son API (data.gouv.fr, version 1).

L'adresse réglée est celle de l'envoi :
`…/api/1/datasets/<jeu>/resources/<ressource>/upload/`. Ce client suit la documentation
publique de l'API ; l'exploitant l'essaie sur un portail d'essai avant de servir.
"""

from datetime import datetime

import httpx

from beffroi.contrat.donnees_essentielles.ports import AccuseDuPortail, FichierAPorter
from beffroi.integrations.envoi_http import Service, en_json

DELAI_S = 60.0


class Portail:
    """Voir `donnees_essentielles.ports.PortailNational`."""

    def __init__(
        self, adresse: str, cle: str, *, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._cle = cle
        self._service = Service(
            nom="Le portail national",
            adresse=adresse,
            refus="Le portail national refuse le fichier",
            motif="message",
            delai_s=DELAI_S,
            transport=transport,
        )

    def deposer(self, fichier: FichierAPorter, *, maintenant: datetime) -> AccuseDuPortail:
        entetes = {"X-API-KEY": self._cle, "Idempotency-Key": fichier.cle}
        fichiers = {"file": (fichier.nom, fichier.octets, "application/json")}
        corps = self._service.envoyer(entetes=entetes, files=fichiers)
        return AccuseDuPortail(recu_le=maintenant, numero=str(en_json(corps).get("id", ""))[:80])
