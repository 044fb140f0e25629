"""Repérer qui cherche ce qui n'est pas à lui : une page refusée à une personne connectée se note (annexe 8, art. 2)."""

from collections.abc import Callable
from http import HTTPStatus

from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from beffroi.conformite.models import TraceDeSecurite
from beffroi.conformite.rules.securite import SECONDES_ENTRE_DEUX_ACCES_REFUSES
from beffroi.conformite.securite import d_ou
from beffroi.conformite.services.securite import noter
from beffroi.socle.horloge import maintenant

# L'objet d'un autre répond comme un objet qui n'existe pas : les deux refus se notent.
REFUS = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


class AccesRefuses:
    """Une trace par compte, par page et par minute : qui insiste se voit, et ne remplit pas la base."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reponse = self.get_response(request)
        ou = request.resolver_match
        if reponse.status_code in REFUS and ou is not None and request.user.is_authenticated:
            compte, page = request.user.reference, ou.view_name
            if cache.add(f"acces-refuse/{compte}/{page}", 1, SECONDES_ENTRE_DEUX_ACCES_REFUSES):
                noter(
                    TraceDeSecurite.Fait.ACCES_REFUSE, le=maintenant(), compte=compte, precision=page, **d_ou(request)
                )
        return reponse
