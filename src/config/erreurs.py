"""Dire une erreur : une page à une personne, un problème à un logiciel.

Django appelle ces fonctions pour toute exception, quelle que soit la couche qui la lève : un nom
d'hôte inconnu se refuse bien avant l'intergiciel de l'API. La forme se choisit donc ici, où les
deux faces, qui s'ignorent, se connaissent.
"""

import sys
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from beffroi.faces.api.problemes import probleme
from beffroi.faces.portail import erreurs
from beffroi.socle.guichet.logiciels import est_une_api

Dire = Callable[..., HttpResponse]
# Une base arrêtée, qui redémarre, ou qu'un autre écrit depuis trop longtemps : elle revient seule.
BASE_EN_PANNE = (OperationalError, InterfaceError)
REVENIR_DANS_S = 5
INCERTAIN = (
    "La base de données s'est arrêtée. Nous ne savons pas si votre dernière action a été "
    "enregistrée : ce qui l'est s'affichera. Recommencer un dépôt ne crée jamais de doublon."
)


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
inconnue = a_qui_demande(HTTPStatus.INTERNAL_SERVER_ERROR, erreurs.panne)


def panne(request: HttpRequest) -> HttpResponse:
    """Ce que nul n'a prévu : une faute de notre côté ; ou une base arrêtée, dite comme telle."""
    if not isinstance(sys.exception(), BASE_EN_PANNE):
        return inconnue(request)
    if est_une_api(request):
        reponse: HttpResponse = probleme(HTTPStatus.SERVICE_UNAVAILABLE)
        reponse["Retry-After"] = str(REVENIR_DANS_S)
        return reponse
    return erreurs.page_erreur(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        message="" if request.method in {"GET", "HEAD"} else INCERTAIN,
        attente_s=REVENIR_DANS_S,
    )
