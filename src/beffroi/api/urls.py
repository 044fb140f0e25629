"""Les adresses de l'API."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from beffroi.api.parties import recevoir_une_partie
from beffroi.api.v1 import api


def introuvable(request: HttpRequest, reste: str) -> HttpResponse:
    """Une adresse d'API qui n'existe pas répond un problème, jamais une page."""
    raise Http404(reste)


urlpatterns = [
    path("api/v1/fichiers/<str:fichier>/parties/<int:numero>/contenu", recevoir_une_partie, name="api-partie"),
    path("api/v1/", api.urls),
    path("api/<path:reste>", introuvable, name="api-introuvable"),
]
