"""Parler à la plateforme :
patienter quand elle ne répond pas, répéter ce qu'elle dit quand elle refuse.
"""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import httpx

from beffroi.commandes.cli.erreurs import ErreurDeCommande

DELAI_S = httpx.Timeout(60.0, connect=10.0)
ESSAIS = 8
ATTENTE_MAXIMALE_S = 20.0
# Ce qui peut s'arranger seul : trop de demandes, une panne, un redémarrage.
PASSAGERS = {408, 425, 429, 500, 502, 503, 504}

DU_STOCKAGE = (
    "le stockage de la plateforme refuse cet envoi ({}). Rien n'est perdu : relancez la même "
    "commande ; si cela dure, dites-le à l'assistance."
)


class Refus(ErreurDeCommande):
    """La plateforme a refusé, et a dit pourquoi."""

    def __init__(self, statut: int, detail: str, corps: dict[str, Any]) -> None:
        super().__init__(detail)
        self.statut = statut
        self.corps = corps


class Liaison:
    """Une connexion à la plateforme, au nom du porteur d'un jeton."""

    def __init__(
        self,
        adresse: str,
        jeton: str,
        *,
        essais: int = ESSAIS,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.adresse = adresse_de_la_plateforme(adresse)
        self.essais = essais
        self.pause = pause
        self.http = httpx.Client(timeout=DELAI_S, follow_redirects=False)
        self.entetes = {"Accept": "application/json"}
        self.avec_jeton(jeton)

    def avec_jeton(self, jeton: str) -> None:
        if not (jeton.isascii() and jeton.isprintable()) or " " in jeton:
            raise ErreurDeCommande(
                "ce jeton est mal recopié : il n'a ni accent, ni espace. Copiez-le en entier."
            )
        self.entetes["Authorization"] = f"Bearer {jeton}"

    def lire(self, chemin: str) -> Any:
        return json_de(self.demander("GET", chemin))

    def poster(self, chemin: str, corps: Any, **entetes: str) -> Any:
        return json_de(self.demander("POST", chemin, json=corps, headers=entetes))

    def supprimer(self, chemin: str) -> None:
        self.demander("DELETE", chemin)

    def telecharger(self, chemin: str) -> bytes:
        return self.demander("GET", chemin).content

    def lire_le_public(self, chemin: str) -> bytes | None:
        """Ce que tout le monde lit, sans se nommer ; rien s'il n'y a rien à ce chemin."""
        try:
            return self.insister("GET", self.adresse + chemin).content
        except Refus as refus:
            if refus.statut == HTTPStatus.NOT_FOUND:
                return None
            raise

    def deposer_octets(self, url: str, octets: bytes, entetes: dict[str, str]) -> None:
        """Envoie une partie à l'adresse donnée, avec exactement les en-têtes donnés."""
        au_stockage = url.startswith("http")
        adresse = url if au_stockage else self.adresse + url
        try:
            self.insister("PUT", adresse, content=octets, headers=entetes)
        except Refus as refus:
            if au_stockage:
                raise Refus(refus.statut, DU_STOCKAGE.format(refus.statut), refus.corps) from refus
            raise

    def demander(self, verbe: str, chemin: str, **options: Any) -> httpx.Response:
        entetes = {**self.entetes, **options.pop("headers", {})}
        return self.insister(verbe, f"{self.adresse}/api/v1/{chemin}", headers=entetes, **options)

    def insister(self, verbe: str, adresse: str, **options: Any) -> httpx.Response:
        """Réessaie ce qui est passager, de moins en moins vite ;
        toutes nos demandes se répètent sans risque.
        """
        for essai in range(self.essais):
            try:
                reponse = self.http.request(verbe, adresse, **options)
            except httpx.TransportError as erreur:
                echec: Exception = ErreurDeCommande(
                    f"{self.adresse} ne répond pas : {cause(erreur)}. Rien n'est perdu : "
                    "relancez la même commande."
                )
            else:
                if reponse.status_code not in PASSAGERS:
                    return accepter(reponse)
                echec = refus_de(reponse)
            if essai < self.essais - 1:
                self.pause(min(0.5 * 2**essai, ATTENTE_MAXIMALE_S))
        raise echec


def adresse_de_la_plateforme(texte: str) -> str:
    """L'adresse d'accueil, sans barre finale."""
    try:
        parties = urlsplit(texte)
        valable = parties.scheme in {"http", "https"} and bool(parties.hostname)
    except ValueError:
        valable = False
    if not valable:
        raise ErreurDeCommande(
            f"« {texte} » n'est pas l'adresse d'une plateforme, comme https://marches.example."
        )
    return texte.rstrip("/")


def cause(erreur: httpx.TransportError) -> str:
    """Pourquoi la liaison a manqué, en mots."""
    if isinstance(erreur, httpx.TimeoutException):
        return "aucune réponse à temps"
    if isinstance(erreur, httpx.ConnectError):
        detail = str(erreur)
        if "CERTIFICATE" in detail or "SSL" in detail:
            return "son certificat n'est pas reconnu, ou la liaison chiffrée échoue"
        return "connexion impossible (adresse fausse, réseau coupé, ou service arrêté)"
    return "la liaison s'est coupée"


def json_de(reponse: httpx.Response) -> Any:
    try:
        return reponse.json()
    except ValueError:
        raise ErreurDeCommande(
            f"{reponse.url} ne répond pas comme une plateforme Beffroi. "
            "Vérifiez l'adresse donnée par --url."
        ) from None


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
    detail = corps.get("detail") or sans_explication(reponse.status_code)
    return Refus(reponse.status_code, str(detail), corps)


def sans_explication(statut: int) -> str:
    """Une page d'erreur n'est pas pour un logiciel : on dit ce qu'elle dit.

    Une panne n'est pas une adresse fausse : y faire chercher une faute perd qui est pressé.
    """
    if statut in PASSAGERS:
        return (
            f"la plateforme ne peut pas répondre pour le moment ({statut}). Rien n'est perdu : "
            "relancez la même commande."
        )
    return (
        f"la plateforme a répondu {statut} sans explication. Vérifiez l'adresse donnée par --url."
    )
