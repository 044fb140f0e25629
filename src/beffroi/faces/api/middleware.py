"""Sous `/api/`, toute erreur est un problème (RFC 9457), même celles que Django rend lui-même."""

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from beffroi.faces.api.problemes import TYPE_DE_CONTENU, depuis_le_metier, probleme
from beffroi.faces.api.refus import noter_le_refus
from beffroi.garde.archives.queries import eliminees
from beffroi.socle.fondations.erreurs import ErreurMetier
from beffroi.socle.guichet.logiciels import est_une_api


class ProblemesDeLApi:
    """Traduit les réponses d'erreur de Django et les exceptions des vues simples.

    Ce qu'une couche d'avant refuse n'y passe pas : `config.erreurs` le dit, sous la même forme.
    """

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reponse = self.suite(request)
        if not est_une_api(request) or reponse.status_code < HTTPStatus.BAD_REQUEST:
            return reponse
        probleme_dit = self.traduire(reponse)
        noter_le_refus(request, probleme_dit)
        return probleme_dit

    def traduire(self, reponse: HttpResponse) -> HttpResponse:
        if reponse.get("Content-Type", "") == TYPE_DE_CONTENU:
            return reponse
        traduite = probleme(reponse.status_code)
        if reponse.has_header("Allow"):
            traduite["Allow"] = reponse["Allow"]
        return traduite

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not est_une_api(request):
            return None
        refus = exception if isinstance(exception, ErreurMetier) else eliminees.refus_de(exception)
        if refus:
            return depuis_le_metier(refus)
        if isinstance(exception, RequestDataTooBig):
            return probleme(413)
        if isinstance(exception, UnreadablePostError):
            return probleme(400, "L'envoi s'est interrompu avant la fin. Recommencez.")
        return None
