"""Ce qu'une page demande à qui la visite : d'être connecté, ou de l'avoir prouvé à l'instant."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

Vue = Callable[..., HttpResponse]


def connexion_requise(vue: Vue) -> Vue:
    """Mène à la connexion, puis revient à la page demandée."""
    protegee: Vue = login_required(vue)
    return protegee


def reauthentification_recente(vue: Vue) -> Vue:
    """Redemande le mot de passe, le code ou la clé d'accès, s'ils n'ont pas été donnés dans les cinq minutes.

    Pour les actes qui engagent : ouvrir, attribuer, changer d'adresse, délivrer un jeton (ASVS 7.5).
    La lecture de la page (GET) passe ; l'acte (POST) attend, puis reprend là où il en était.
    """
    gardee = reauthentication_required(allow_get=True, enabled=_doit_se_reauthentifier)(vue)

    @wraps(vue)
    def enveloppe(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reponse: HttpResponse = gardee(request, *args, **kwargs)
        return reponse

    return connexion_requise(enveloppe)


def _doit_se_reauthentifier(request: HttpRequest) -> bool:
    from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate

    return not did_recently_reauthenticate(request)
