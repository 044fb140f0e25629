"""Un fichier n'entre que là où une page l'attend, et après que l'on sait qui envoie.

À poser après la connexion requise, et avant la garde CSRF, qui lit l'envoi : une personne qui n'a
pas le droit d'être là n'a rien écrit sur le disque.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, UnreadablePostError

from beffroi.faces.portail.erreurs import page_erreur
from beffroi.socle.guichet.envois import FichierInattendu, recevoir_comme
from beffroi.socle.guichet.logiciels import est_une_api

EN_PLUSIEURS_PARTIES = "multipart/form-data"


class EnvoisAttendus:
    """D'office, tout fichier est refusé (`FILE_UPLOAD_HANDLERS`) ; ici, la page dit le sien."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.suite(request)

    def process_view(
        self, request: HttpRequest, vue: Any, arguments: Any, nommes: dict[str, Any]
    ) -> HttpResponse | None:
        if request.content_type != EN_PLUSIEURS_PARTIES or est_une_api(request):
            return None
        attendu = getattr(vue, "envoi_attendu", None)
        if attendu is not None:
            recevoir_comme(attendu, request)
            return None
        return _sans_fichier(request)


def _sans_fichier(request: HttpRequest) -> HttpResponse | None:
    """Lu tout de suite, pour que le refus se dise ; au-delà, la garde CSRF en ferait une panne."""
    try:
        request.POST  # noqa: B018  le lire, c'est le juger
    except FichierInattendu as refus:
        return page_erreur(request, refus.statut, message=refus.message)
    except UnreadablePostError:  # la personne est partie : personne ne lira de réponse
        return None
    return None
