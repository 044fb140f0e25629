"""Ce que le DUME attend d'ailleurs : la page où l'acheteur en lit un, que tient l'examen des candidatures."""

from typing import Protocol

from django.http import HttpRequest, HttpResponse

from beffroi.socle.ports import branche


class PageDUnDumeRecu(Protocol):
    """Un fichier d'une candidature ouverte, lu comme un DUME."""

    def __call__(self, request: HttpRequest, reference: str, fichier: str) -> HttpResponse: ...


def page_d_un_dume_recu() -> PageDUnDumeRecu:
    page: PageDUnDumeRecu = branche("dume.PageDUnDumeRecu")
    return page
