"""Envoyer à un autre serveur, et lire ce qu'il répond sans lui faire confiance :
un délai, une taille, aucun détour.

Un refus est définitif ; un silence, une panne ou une attente demandée se recommencent.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from beffroi.socle.fondations.erreurs import ServiceIndisponible

OCTETS_AU_PLUS = 256 * 1024
# Recommencer n'y changera rien : ce qui est envoyé, la clé ou les droits sont refusés.
REFUS = range(400, 500)
A_RECOMMENCER = frozenset(
    {httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_EARLY, httpx.codes.TOO_MANY_REQUESTS}
)
ACCEPTES = frozenset({httpx.codes.OK, httpx.codes.CREATED})


@dataclass(frozen=True, kw_only=True)
class Service:
    """Un serveur à qui l'on envoie. `nom` : « Le portail national » ; `refus` :
    la phrase d'un refus, avant son motif.

    `motif` : le champ où sa réponse dit pourquoi elle refuse.
    """

    nom: str
    adresse: str
    refus: str
    motif: str
    delai_s: float
    motif_au_plus: int = 300
    transport: httpx.BaseTransport | None = None

    def envoyer(self, *, entetes: Mapping[str, str], **corps: Any) -> bytes:
        """Les octets d'une réponse acceptée. `corps` : `json` ou `files`, comme httpx les nomme."""
        statut, octets = self._demander(entetes=entetes, **corps)
        if statut in REFUS and statut not in A_RECOMMENCER:
            motif = str(en_json(octets).get(self.motif) or f"statut {statut}")[: self.motif_au_plus]
            raise ServiceIndisponible(f"{self.refus} : {motif}", permanent=True)
        if statut not in ACCEPTES:
            raise ServiceIndisponible(f"{self.nom} répond {statut}. L'envoi sera recommencé.")
        return octets

    def _demander(self, *, entetes: Mapping[str, str], **corps: Any) -> tuple[int, bytes]:
        octets = b""
        try:
            with (
                httpx.Client(
                    timeout=self.delai_s, follow_redirects=False, transport=self.transport
                ) as client,
                client.stream("POST", self.adresse, headers=dict(entetes), **corps) as reponse,
            ):
                for bloc in reponse.iter_bytes():
                    octets += bloc
                    if len(octets) > OCTETS_AU_PLUS:
                        raise ServiceIndisponible(f"{self.nom} répond trop longuement.")
                return reponse.status_code, octets
        except httpx.HTTPError as erreur:
            raise ServiceIndisponible(
                f"{self.nom} n'a pas répondu : {type(erreur).__name__}."
            ) from erreur


def en_json(corps: bytes) -> dict[str, Any]:
    """L'objet JSON de la réponse ; vide si ce n'en est pas un."""
    try:
        contenu = json.loads(corps)
    except ValueError:
        return {}
    return contenu if isinstance(contenu, dict) else {}
