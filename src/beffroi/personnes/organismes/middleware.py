"""Un agent sans second facteur ne va nulle part avant d'en avoir un ;
une entreprise n'est jamais retenue.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.queries import agit_sans_second_facteur, est_agent
from beffroi.socle.fondations import horloge
from beffroi.socle.guichet.logiciels import est_une_api, probleme

# Se protéger, sortir, lire l'aide : tout ce qui reste ouvert en attendant.
ADRESSES_LIBRES = ("/compte/", "/statique/", "/aide/", "/heure", "/sante", "/pret")
PHRASE = "Activez un second facteur à la page « Mon compte » avant de continuer."


class SecondFacteurDesAgents:
    """Conduit l'agent sans second facteur à la page qui l'active (ASVS 6.3.3)."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Lu une fois par demande : l'inactivité le veut aussi.
        request.vient_d_un_agent = SimpleLazyObject(lambda: vient_d_un_agent(request))  # type: ignore[attr-defined]
        # `comptes` ne connaît pas les organismes :
        # la page « Mon compte » lit ici si un second facteur est dû.
        request.second_facteur_du = SimpleLazyObject(lambda: second_facteur_du(request))  # type: ignore[attr-defined]
        if (
            request.path.startswith(ADRESSES_LIBRES)
            or par_jeton(request)
            or not request.second_facteur_du  # type: ignore[attr-defined]
        ):
            return self.suite(request)
        if est_une_api(request):
            return probleme(HTTPStatus.FORBIDDEN, PHRASE)
        return redirect("comptes:securite")


def par_jeton(request: HttpRequest) -> bool:
    """L'API appelée avec un jeton ne lit pas la séance ;
    le jeton, lui, n'a pas été délivré sans second facteur.

    Un en-tête vide n'en porte aucun : l'API lirait la séance.
    """
    return est_une_api(request) and bool(request.headers.get("Authorization"))


def vient_d_un_agent(request: HttpRequest) -> bool:
    personne = request.user
    return isinstance(personne, Utilisateur) and est_agent(personne, horloge.maintenant())


def second_facteur_du(request: HttpRequest) -> bool:
    """La personne tient un rôle et n'a qu'un mot de passe."""
    personne = request.user
    return isinstance(personne, Utilisateur) and agit_sans_second_facteur(
        personne, horloge.maintenant()
    )
