"""Parler à la plateforme : patienter quand elle ne répond pas, répéter ce qu'elle dit quand elle refuse."""

import time
from collections.abc import Callable
from typing import Any

import httpx

from beffroi.cli.erreurs import ErreurDeCommande

DELAI_S = httpx.Timeout(60.0, connect=10.0)
ESSAIS = 8
ATTENTE_MAXIMALE_S = 20.0
# Ce qui peut s'arranger seul : trop de demandes, une panne, un redémarrage.
PASSAGERS = {408, 425, 429, 500, 502, 503, 504}


class Refus(ErreurDeCommande):
    """La plateforme a refusé, et a dit pourquoi."""

    def __init__(self, statut: int, detail: str, corps: dict[str, Any]) -> None:
        super().__init__(detail)
        self.statut = statut
        self.corps = corps


class Liaison:
    """Une connexion à la plateforme, au nom du porteur d'un jeton."""

    def __init__(
        self, adresse: str, jeton: str, *, essais: int = ESSAIS, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self.adresse = adresse.rstrip("/")
        self.essais = essais
        self.pause = pause
        self.http = httpx.Client(timeout=DELAI_S, follow_redirects=False)
        self.entetes = {"Authorization": f"Bearer {jeton}", "Accept": "application/json"}

    def avec_jeton(self, jeton: str) -> None:
        self.entetes["Authorization"] = f"Bearer {jeton}"

    def lire(self, chemin: str) -> Any:
        return self.demander("GET", chemin).json()

    def poster(self, chemin: str, corps: Any, **entetes: str) -> Any:
        return self.demander("POST", chemin, json=corps, headers=entetes).json()

    def supprimer(self, chemin: str) -> None:
        self.demander("DELETE", chemin)

    def telecharger(self, chemin: str) -> bytes:
        return self.demander("GET", chemin).content

    def deposer_octets(self, url: str, octets: bytes, entetes: dict[str, str]) -> None:
        """Envoie une partie à l'adresse donnée, avec exactement les en-têtes donnés."""
        adresse = url if url.startswith("http") else self.adresse + url
        self.insister("PUT", adresse, content=octets, headers=entetes)

    def demander(self, verbe: str, chemin: str, **options: Any) -> httpx.Response:
        entetes = {**self.entetes, **options.pop("headers", {})}
        return self.insister(verbe, f"{self.adresse}/api/v1/{chemin}", headers=entetes, **options)

    def insister(self, verbe: str, adresse: str, **options: Any) -> httpx.Response:
        """Réessaie ce qui est passager, de moins en moins vite ; toutes nos demandes se répètent sans risque."""
        for essai in range(self.essais):
            try:
                reponse = self.http.request(verbe, adresse, **options)
            except httpx.TransportError as erreur:
                echec: Exception = ErreurDeCommande(
                    f"la plateforme ne répond pas ({type(erreur).__name__}). Rien n'est perdu : relancez la même commande."
                )
            else:
                if reponse.status_code not in PASSAGERS:
                    return accepter(reponse)
                echec = refus_de(reponse)
            if essai < self.essais - 1:
                self.pause(min(0.5 * 2**essai, ATTENTE_MAXIMALE_S))
        raise echec


def accepter(reponse: httpx.Response) -> httpx.Response:
    if reponse.is_success:
        return reponse
    raise refus_de(reponse)


def refus_de(reponse: httpx.Response) -> Refus:
    """Le refus, avec la phrase de la plateforme (RFC 9457) quand il y en a une."""
    try:
        corps = reponse.json()
    except ValueError:
        corps = {}
    corps = corps if isinstance(corps, dict) else {}
    detail = corps.get("detail") or f"la plateforme a répondu {reponse.status_code} sans explication."
    return Refus(reponse.status_code, str(detail), corps)
