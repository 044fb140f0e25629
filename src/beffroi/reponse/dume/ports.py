"""Ce que le DUME attend d'ailleurs :
la page où l'acheteur en lit un, que tient l'examen des candidatures.
"""

from django.http import HttpRequest, HttpResponse

from beffroi.socle.fondations.ports import port


@port("dume.PageDUnDumeRecu")
def page_d_un_dume_recu(request: HttpRequest, reference: str, fichier: str) -> HttpResponse:
    """Un fichier d'une candidature ouverte, lu comme un DUME."""
