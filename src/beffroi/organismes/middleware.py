"""Un agent sans second facteur ne va nulle part avant d'en avoir un ; une entreprise n'est jamais retenue."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from beffroi.comptes.models import Utilisateur
from beffroi.comptes.queries import a_un_second_facteur
from beffroi.organismes.queries import est_agent
from beffroi.socle import horloge

# Se protéger, sortir, lire l'aide : tout ce qui reste ouvert en attendant.
ADRESSES_LIBRES = ("/compte/", "/statique/", "/aide/", "/heure", "/api/")


class SecondFacteurDesAgents:
    """Conduit l'agent sans second facteur à la page qui l'active (ASVS 6.3.3)."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.doit_se_proteger(request):
            return redirect("comptes:securite")
        return self.suite(request)

    def doit_se_proteger(self, request: HttpRequest) -> bool:
        """L'API s'authentifie par jeton, sans séance : elle n'est pas concernée."""
        personne = request.user
        if request.path.startswith(ADRESSES_LIBRES) or not isinstance(personne, Utilisateur):
            return False
        return est_agent(personne, horloge.maintenant()) and not a_un_second_facteur(personne)
