"""Porter un paquet à un service d'archives, par HTTPS, et lui demander sa réponse.

Les services d'archives ont chacun leur protocole de dépôt. Celui-ci est le nôtre :
une passerelle que l'exploitant écrit devant le sien le parle. Il est décrit dans `README.md`.
"""

import base64
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import httpx

from beffroi.garde.versements.ports import Transfert
from beffroi.integrations.envoi_http import A_RECOMMENCER
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from formats.seda.bornes import OCTETS_D_UNE_REPONSE

# Un paquet de plusieurs gigaoctets s'écrit au fil de l'eau :
# le délai court d'un bloc à l'autre, non d'un bout à l'autre.
DELAIS = httpx.Timeout(60.0, connect=10.0)
MOTIF_AU_PLUS = 300
PAS_ENCORE = frozenset({httpx.codes.ACCEPTED, httpx.codes.NO_CONTENT})
REPOND = frozenset({httpx.codes.OK, httpx.codes.CREATED})


class ServiceEnLigne:
    """Voir `versements.ports.ServiceDArchivage`."""

    voie = "http"

    def __init__(
        self, adresse: str, jeton: str, *, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._adresse, self._jeton, self._transport = adresse.rstrip("/"), jeton, transport

    def deposer(self, transfert: Transfert, *, maintenant: datetime) -> bytes | None:
        condense = base64.b64encode(bytes.fromhex(transfert.sha256)).decode()
        entetes = {
            "Content-Type": "application/zip",
            "Content-Length": str(transfert.taille),
            "Content-Digest": f"sha-256=:{condense}:",
            "Content-Disposition": f'attachment; filename="{transfert.nom}"',
            "Idempotency-Key": transfert.cle,
            "Message-Identifier": transfert.identifiant,
        }
        statut, corps = self._demander("POST", self._adresse, entetes, content=transfert.blocs())
        # Le refus d'un paquet est une réponse du service : un message SEDA, qui se garde.
        if statut in REPOND or (statut == httpx.codes.UNPROCESSABLE_ENTITY and corps):
            return corps or None
        if statut in PAS_ENCORE:
            return None
        raise self._panne(statut, corps)

    def reponses(self, identifiant: str) -> Iterator[bytes]:
        statut, corps = self._demander(
            "GET", f"{self._adresse}/{identifiant}", {"Accept": "application/xml"}
        )
        if statut in REPOND and corps:
            yield corps
        elif statut not in REPOND | PAS_ENCORE | {httpx.codes.NOT_FOUND}:
            raise self._panne(statut, corps)

    def _panne(self, statut: int, corps: bytes) -> ServiceIndisponible:
        """Un refus de nous recevoir (clé, droits, taille, adresse) attend un
        geste ; le reste se recommence.
        """
        if httpx.codes.is_client_error(statut) and statut not in A_RECOMMENCER:
            dit = " ".join(corps.decode("utf-8", "replace").split())[:MOTIF_AU_PLUS]
            return ServiceIndisponible(
                "Le service d'archives ne nous reçoit pas (statut "
                f"{statut}{f' : {dit}' if dit else ''}). "
                "Prévenez l'exploitant, puis réessayez.",
                permanent=True,
            )
        return ServiceIndisponible(f"Le service d'archives répond {statut}. Nous recommencerons.")

    def _demander(
        self, methode: str, adresse: str, entetes: dict[str, str], **corps: Any
    ) -> tuple[int, bytes]:
        if self._jeton:
            entetes = {**entetes, "Authorization": f"Bearer {self._jeton}"}
        octets = b""
        try:
            with (
                httpx.Client(
                    timeout=DELAIS, follow_redirects=False, transport=self._transport
                ) as client,
                client.stream(methode, adresse, headers=entetes, **corps) as reponse,
            ):
                for bloc in reponse.iter_bytes():
                    octets += bloc
                    if len(octets) > OCTETS_D_UNE_REPONSE:
                        raise ServiceIndisponible("Le service d'archives répond trop longuement.")
                return reponse.status_code, octets
        except httpx.HTTPError as erreur:
            raise ServiceIndisponible(
                f"Le service d'archives n'a pas répondu ({type(erreur).__name__}). "
                "Nous recommencerons."
            ) from erreur
