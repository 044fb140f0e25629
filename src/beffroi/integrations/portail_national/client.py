"""Remplacer le fichier d'une ressource du portail national, par son API (data.gouv.fr, version 1).

L'adresse réglée est celle de l'envoi : `…/api/1/datasets/<jeu>/resources/<ressource>/upload/`. Ce client suit
la documentation publique de l'API ; l'exploitant l'essaie sur un portail d'essai avant de servir.
"""

import json
from datetime import datetime
from typing import Any

import httpx

from beffroi.donnees_essentielles.ports import AccuseDuPortail, FichierAPorter
from beffroi.socle.erreurs import ServiceIndisponible

DELAI_S = 60.0
OCTETS_AU_PLUS = 256 * 1024
MOTIF_AU_PLUS = 300
REFUS = range(400, 500)
A_RECOMMENCER = frozenset({httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_EARLY, httpx.codes.TOO_MANY_REQUESTS})


class Portail:
    """Voir `donnees_essentielles.ports.PortailNational`."""

    def __init__(self, adresse: str, cle: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self._adresse = adresse
        self._cle = cle
        self._transport = transport

    def deposer(self, fichier: FichierAPorter, *, maintenant: datetime) -> AccuseDuPortail:
        statut, corps = self._envoyer(fichier)
        if statut in REFUS and statut not in A_RECOMMENCER:
            raise ServiceIndisponible(
                f"Le portail national refuse le fichier : {_motif(corps, statut)}", permanent=True
            )
        if statut not in {httpx.codes.OK, httpx.codes.CREATED}:
            raise ServiceIndisponible(f"Le portail national répond {statut}. L'envoi sera recommencé.")
        return AccuseDuPortail(recu_le=maintenant, numero=str(_json(corps).get("id", ""))[:80])

    def _envoyer(self, fichier: FichierAPorter) -> tuple[int, bytes]:
        entetes = {"X-API-KEY": self._cle, "Idempotency-Key": fichier.cle}
        fichiers = {"file": (fichier.nom, fichier.octets, "application/json")}
        octets = b""
        try:
            with (
                httpx.Client(timeout=DELAI_S, follow_redirects=False, transport=self._transport) as client,
                client.stream("POST", self._adresse, files=fichiers, headers=entetes) as reponse,
            ):
                for bloc in reponse.iter_bytes():
                    octets += bloc
                    if len(octets) > OCTETS_AU_PLUS:
                        raise ServiceIndisponible("Le portail national répond trop longuement.")
                return reponse.status_code, octets
        except httpx.HTTPError as erreur:
            raise ServiceIndisponible(f"Le portail national n'a pas répondu : {type(erreur).__name__}.") from erreur


def _motif(corps: bytes, statut: int) -> str:
    return str(_json(corps).get("message") or f"statut {statut}")[:MOTIF_AU_PLUS]


def _json(corps: bytes) -> dict[str, Any]:
    try:
        contenu = json.loads(corps)
    except ValueError:
        return {}
    return contenu if isinstance(contenu, dict) else {}
