"""Rendre une page publique :
une étiquette pour le visiteur sans compte, tirée de ses versions, sans rien rendre.
"""

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from beffroi.socle.guichet import conditionnel
from formats import dates

_GABARITS = (
    Path(__file__).parents[1] / "templates",
    Path(__file__).parents[3] / "faces" / "portail" / "templates",
)


def page_publique(
    request: HttpRequest, gabarit: str, contexte: dict[str, Any], *, version: object, le: datetime
) -> HttpResponse:
    """Une personne connectée reçoit sa page, avec son menu ;
    un visiteur, la page de tous, qu'il peut garder et revérifier.
    """
    if not conditionnel.est_de_tous(request):
        return conditionnel.page_de_tous(request, gabarit, contexte)
    return conditionnel.repondre(
        request,
        (request.path, version, dates.jour(le), empreinte_des_gabarits()),
        lambda: render(request, gabarit, contexte),
    )


@cache
def empreinte_des_gabarits() -> str:
    """Une mise à jour du logiciel renouvelle les pages gardées."""
    condense = hashlib.sha256()
    for dossier in _GABARITS:
        for fichier in sorted(dossier.rglob("*.html")):
            condense.update(fichier.read_bytes())
    return condense.hexdigest()[:16]
