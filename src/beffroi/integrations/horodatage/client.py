"""Parler RFC 3161 par HTTP. Rien d'autre que le réseau ici."""

import httpx

DEMANDE = "application/timestamp-query"
REPONSE = "application/timestamp-reply"
OCTETS_AU_PLUS = 64 * 1024


class ReponseInattendue(Exception):
    """Le service a répondu autre chose qu'un jeton."""


def demander(adresse: str, demande: bytes, *, delai_s: float) -> bytes:
    """Envoie une demande d'horodatage et rend la réponse brute ;
    ni redirection, ni réponse démesurée.
    """
    entetes = {"Content-Type": DEMANDE, "Accept": REPONSE}
    with (
        httpx.Client(timeout=delai_s, follow_redirects=False) as client,
        client.stream("POST", adresse, content=demande, headers=entetes) as reponse,
    ):
        if reponse.status_code != httpx.codes.OK:
            raise ReponseInattendue(f"statut {reponse.status_code}")
        octets = b""
        for bloc in reponse.iter_bytes():
            octets += bloc
            if len(octets) > OCTETS_AU_PLUS:
                raise ReponseInattendue("réponse trop longue")
    return octets
