"""Ce que le DUME attend d'ailleurs : la page où l'acheteur en lit un, que tient l'examen des candidatures."""

from typing import Protocol

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string


class PageDUnDumeRecu(Protocol):
    """Un fichier d'une candidature ouverte, lu comme un DUME."""

    def __call__(self, request: HttpRequest, reference: str, fichier: str) -> HttpResponse: ...


def page_d_un_dume_recu() -> PageDUnDumeRecu:
    page: PageDUnDumeRecu = import_string(settings.ADAPTATEURS["dume.PageDUnDumeRecu"])
    return page
