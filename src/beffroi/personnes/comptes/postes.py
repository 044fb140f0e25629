"""Un poste où l'on s'est déjà connecté :
qui s'acharne ailleurs sur un compte n'en prive pas son titulaire.

Les essais manqués se comptent par compte. Sans cela, il suffirait de connaître l'adresse d'une
entreprise pour l'empêcher de se connecter avant une heure limite. Un poste connu a donc son propre
compte d'essais, aussi court que l'autre.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from beffroi.socle.fondations import cles_du_service

SEL = "beffroi.comptes.poste"
DUREE_S = 400 * 24 * 3600
COMPTES_PAR_POSTE = 5


def nom_du_cookie() -> str:
    return (
        f"{'__Host-' if settings.SESSION_COOKIE_SECURE else ''}poste{settings.SUFFIXE_DE_L_ESPACE}"
    )


def marque_du_poste(request: HttpRequest, courriel: str) -> str:
    """Ce qui distingue ce poste, si cette personne s'y est déjà connectée ; vide sinon."""
    connus = _lire(request)
    return next((connus[nom] for nom in _designations(courriel) if nom in connus), "")


def retenir(request: HttpRequest, reponse: HttpResponseBase, courriel: str) -> None:
    """La connexion réussie se retient sur le poste : une marque signée, sans nom ni adresse."""
    marque = marque_du_poste(request, courriel) or secrets.token_urlsafe(12)
    noms = _designations(courriel)
    connus = {nom: une for nom, une in _lire(request).items() if nom not in noms}
    gardes = dict([*connus.items(), (noms[0], marque)][-COMPTES_PAR_POSTE:])
    reponse.set_cookie(
        nom_du_cookie(),
        signing.dumps(gardes, salt=SEL),
        max_age=DUREE_S,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _lire(request: HttpRequest) -> dict[str, str]:
    try:
        lu = signing.loads(request.COOKIES.get(nom_du_cookie(), ""), salt=SEL, max_age=DUREE_S)
    except signing.BadSignature:
        return {}
    return (
        {str(compte): str(marque) for compte, marque in lu.items()} if isinstance(lu, dict) else {}
    )


def _designations(courriel: str) -> list[str]:
    """Celle d'aujourd'hui, puis celles d'avant un changement de la clé du service."""
    return [une[:16] for une in cles_du_service.empreintes(SEL, courriel.lower())]
