"""Les adresses de l'API."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from beffroi.faces.api.parties import recevoir_une_partie
from beffroi.faces.api.v1 import api


@login_not_required
def introuvable(request: HttpRequest, reste: str) -> HttpResponse:
    """Une adresse d'API qui n'existe pas répond un problème, jamais une page."""
    raise Http404(reste)


def motifs_de_l_api() -> tuple[list[URLPattern | URLResolver], str, str]:
    """Les adresses de la version 1 :
    elles demandent elles-mêmes un jeton ou une séance, et répondent 401 sans elle.
    """
    motifs, application, espace = api.urls
    for motif in motifs:
        if motif.callback is not None:
            login_not_required(motif.callback)
    return motifs, application, espace


urlpatterns = [
    path(
        "api/v1/fichiers/<str:fichier>/parties/<int:numero>/contenu",
        recevoir_une_partie,
        name="api-partie",
    ),
    path("api/v1/", motifs_de_l_api()),
    path("api/<path:reste>", introuvable, name="api-introuvable"),
]
