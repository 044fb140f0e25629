"""Les refus du métier deviennent des pages, une seule fois, au bord (style, ligne 25)."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from beffroi.faces.portail.erreurs import page_erreur
from beffroi.garde.archives.queries import eliminees
from beffroi.socle.fondations.erreurs import ErreurMetier
from beffroi.socle.guichet.logiciels import est_une_api


class PagesDErreur:
    """Rend les `ErreurMetier`, les pièces éliminées et les méthodes refusées en pages lisibles."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reponse = self.get_response(request)
        if (
            isinstance(reponse, HttpResponseNotAllowed)
            and not reponse.content
            and not est_une_api(request)
        ):
            page = page_erreur(request, HTTPStatus.METHOD_NOT_ALLOWED)
            page["Allow"] = reponse["Allow"]
            return page
        return reponse

    def process_view(
        self, request: HttpRequest, vue: Any, arguments: Any, nommes: dict[str, Any]
    ) -> None:
        """Nul objet n'a de caractère nul dans son nom :
        le chercher ferait tomber PostgreSQL, qui n'en garde pas.
        """
        if any(isinstance(valeur, str) and "\0" in valeur for valeur in nommes.values()):
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """`None` laisse Django continuer : une panne reste une panne, et elle est journalisée."""
        if est_une_api(request):
            return None
        refus = exception if isinstance(exception, ErreurMetier) else eliminees.refus_de(exception)
        if refus:
            return page_erreur(request, refus.statut, message=refus.message, motifs=refus.motifs)
        if isinstance(exception, RequestDataTooBig):
            return page_erreur(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return None
