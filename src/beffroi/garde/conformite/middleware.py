"""Repérer qui cherche ce qui n'est pas à lui :
une page refusée à une personne connectée se note (annexe 8, art. 2).
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from beffroi.garde.conformite.securite import d_ou
from beffroi.garde.conformite.services.securite import noter_un_acces_refuse
from beffroi.socle.fondations.horloge import maintenant

# L'objet d'un autre répond comme un objet qui n'existe pas : les deux refus se notent.
REFUS = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


class AccesRefuses:
    """Une adresse que rien ne sert n'est pas un refus : une faute de frappe ne vise personne."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reponse = self.get_response(request)
        ou = request.resolver_match
        if reponse.status_code in REFUS and ou is not None and request.user.is_authenticated:
            venue = {"adresse": None, "logiciel": "", **d_ou(request)}
            noter_un_acces_refuse(
                compte=request.user.reference, page=ou.view_name, le=maintenant(), **venue
            )
        return reponse
