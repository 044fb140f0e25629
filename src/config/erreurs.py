"""Dire une erreur : une page à une personne, un problème à un logiciel.

Django appelle ces fonctions pour toute exception, quelle que soit la couche qui la lève : un nom
d'hôte inconnu se refuse bien avant l'intergiciel de l'API. La forme se choisit donc ici, où les
deux faces, qui s'ignorent, se connaissent.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from beffroi.faces.api.problemes import probleme
from beffroi.faces.portail import erreurs
from beffroi.socle.guichet.logiciels import est_une_api

Dire = Callable[..., HttpResponse]


def a_qui_demande(statut: HTTPStatus, page: Dire) -> Dire:
    """La page, ou le problème du même statut si la demande s'adresse à l'API."""

    @wraps(page)
    def dire(request: HttpRequest, *args: Any, **nommes: Any) -> HttpResponse:
        return probleme(statut) if est_une_api(request) else page(request, *args, **nommes)

    return dire


requete_illisible = a_qui_demande(HTTPStatus.BAD_REQUEST, erreurs.requete_illisible)
acces_refuse = a_qui_demande(HTTPStatus.FORBIDDEN, erreurs.acces_refuse)
introuvable = a_qui_demande(HTTPStatus.NOT_FOUND, erreurs.introuvable)
trop_de_demandes = a_qui_demande(HTTPStatus.TOO_MANY_REQUESTS, erreurs.trop_de_demandes)
panne = a_qui_demande(HTTPStatus.INTERNAL_SERVER_ERROR, erreurs.panne)
