"""Demander à l'espace d'essai s'il répond. Rien d'autre que le réseau ici."""

import httpx

DELAI_S = 1.5


def repond(adresse: str) -> bool:
    """Vrai si l'instance donne l'heure."""
    try:
        return (
            httpx.get(f"{adresse}/heure", timeout=DELAI_S, follow_redirects=False).status_code
            == httpx.codes.OK
        )
    except httpx.HTTPError:
        return False
