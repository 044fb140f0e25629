"""Mesurer chaque demande, quand quelqu'un lit les mesures."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from beffroi.socle.guichet.demandes import REPONDRE, statut_a_dire

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
        page = page_a_dire(request)
        self.mesures.durees.labels(page).observe(time.perf_counter() - debut)
        self.mesures.demandes.labels(page, statut_a_dire(page, reponse.status_code)).inc()
        return reponse


def page_a_dire(request: HttpRequest) -> str:
    """Toutes celles par où passe une réponse n'en sont qu'une :
    compter celle du dépôt dirait, avant l'heure limite, combien il en arrive.
    """
    if not request.resolver_match:
        return SANS_PAGE
    if settings.JOURNAUX["reponse"].match(request.resolver_match.route):
        return REPONDRE
    return request.resolver_match.view_name
