"""Mesurer chaque demande, quand quelqu'un lit les mesures."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Une adresse que le routage ne connaît pas : une page de plus pour chacune remplirait le disque.
SANS_PAGE = "aucune"


class DemandesMesurees:
    """Sans jeton pour les lire, rien ne se compte, et rien ne se charge."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.METRIQUES["jeton"]:
            raise MiddlewareNotUsed
        settings.METRIQUES["dossier"].mkdir(parents=True, exist_ok=True)
        from beffroi.service.disponibilite import mesures

        self.get_response, self.mesures = get_response, mesures

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        debut = time.perf_counter()
        with self.mesures.en_vol.track_inprogress():
            reponse = self.get_response(request)
        page = request.resolver_match.view_name if request.resolver_match else SANS_PAGE
        self.mesures.durees.labels(page).observe(time.perf_counter() - debut)
        self.mesures.demandes.labels(page, reponse.status_code).inc()
        return reponse
