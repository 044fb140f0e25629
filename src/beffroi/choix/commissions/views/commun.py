"""Ce que chaque page fait de la même façon : se rendre."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from beffroi.socle.guichet.actes import rendre


def page(request: HttpRequest, gabarit: str, **contexte: Any) -> HttpResponse:
    return rendre(request, f"commissions/{gabarit}.html", contexte)
