"""Porter un avis à un concentrateur, par HTTP.

Le protocole de dépôt du BOAMP n'est pas public. Celui-ci est le nôtre : un concentrateur, ou une passerelle que l'exploitant
écrit devant le sien, le parle. Il est décrit dans `README.md`.
"""

import json
from datetime import datetime
from typing import Any

import httpx

from beffroi.avis.ports import AccuseDEnvoi, AvisAEnvoyer
from beffroi.socle.erreurs import ServiceIndisponible

DELAI_S = 20.0
OCTETS_AU_PLUS = 256 * 1024
MOTIF_AU_PLUS = 500
# Recommencer n'y changera rien : l'avis, la clé ou les droits sont refusés.
REFUS = range(400, 500)
A_RECOMMENCER = frozenset({httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_EARLY, httpx.codes.TOO_MANY_REQUESTS})


class Concentrateur:
    """Un service qui transmet les avis et rend un accusé."""

    def __init__(self, adresse: str, jeton: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self._adresse = adresse
        self._jeton = jeton
        self._transport = transport

    def publier(self, avis: AvisAEnvoyer, *, maintenant: datetime) -> AccuseDEnvoi:
        """Voir `avis.ports.PublicateurDAvis`."""
        statut, corps = self._envoyer(avis)
        if statut in REFUS and statut not in A_RECOMMENCER:
            raise ServiceIndisponible(f"Le support a refusé l'avis : {_motif(corps, statut)}", permanent=True)
        if statut not in {httpx.codes.OK, httpx.codes.CREATED}:
            raise ServiceIndisponible(f"Le service de publication répond {statut}. L'envoi sera recommencé.")
        return _accuse(corps, avis)

    def _envoyer(self, avis: AvisAEnvoyer) -> tuple[int, bytes]:
        demande = {
            "cle": avis.cle,
            "support": avis.support,
            "nom_du_support": avis.nom_du_support,
            "texte": avis.texte,
            "xml": avis.xml,
        }
        entetes = {"Idempotency-Key": avis.cle}
        if self._jeton:
            entetes["Authorization"] = f"Bearer {self._jeton}"
        octets = b""
        try:
            with (
                httpx.Client(timeout=DELAI_S, follow_redirects=False, transport=self._transport) as client,
                client.stream("POST", self._adresse, json=demande, headers=entetes) as reponse,
            ):
                for bloc in reponse.iter_bytes():
                    octets += bloc
                    if len(octets) > OCTETS_AU_PLUS:
                        raise ServiceIndisponible("Le service de publication répond trop longuement.")
                return reponse.status_code, octets
        except httpx.HTTPError as erreur:
            raise ServiceIndisponible(
                f"Le service de publication n'a pas répondu : {type(erreur).__name__}."
            ) from erreur


def _accuse(corps: bytes, avis: AvisAEnvoyer) -> AccuseDEnvoi:
    """L'accusé porte sa date, avec son fuseau : sans elle, rien ne prouve l'envoi."""
    contenu = _json(corps)
    try:
        envoye_le = datetime.fromisoformat(str(contenu["envoye_le"]))
        numero = str(contenu["numero"])
    except (KeyError, ValueError) as erreur:
        raise ServiceIndisponible("L'accusé du service de publication ne dit pas sa date ou son numéro.") from erreur
    if envoye_le.tzinfo is None:
        raise ServiceIndisponible("L'accusé du service de publication ne dit pas son fuseau horaire.")
    return AccuseDEnvoi(
        envoye_le=envoye_le, numero=numero[:80], preuve=corps, nom_de_la_preuve=f"accuse-{avis.cle}.json"
    )


def _motif(corps: bytes, statut: int) -> str:
    return str(_json(corps).get("motif") or f"statut {statut}")[:MOTIF_AU_PLUS]


def _json(corps: bytes) -> dict[str, Any]:
    try:
        contenu = json.loads(corps)
    except ValueError:
        return {}
    return contenu if isinstance(contenu, dict) else {}
