"""Rendre une page publique : une étiquette pour le visiteur sans compte, et les liens vers ce qui la suit."""

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from beffroi.recherche import conditionnel
from formats import dates

_GABARITS = (Path(__file__).parents[1] / "templates", Path(__file__).parents[2] / "portail" / "templates")


def page_publique(
    request: HttpRequest, gabarit: str, contexte: dict[str, Any], *, version: object, le: datetime
) -> HttpResponse:
    """Une personne connectée reçoit sa page, avec son menu ; un visiteur, la page de tous, qu'il peut garder et revérifier."""
    if request.user.is_authenticated:
        return render(request, gabarit, contexte)
    return conditionnel.repondre(
        request,
        (request.path, version, dates.jour(le), empreinte_des_gabarits()),
        lambda: render(request, gabarit, contexte),
    )


def avec_liens(reponse: HttpResponse, *, flux: str, calendrier: str) -> HttpResponse:
    """Le flux et le calendrier de la page, dits aussi aux logiciels (RFC 8288)."""
    reponse["Link"] = (
        f'<{flux}>; rel="alternate"; type="application/atom+xml", <{calendrier}>; rel="alternate"; type="text/calendar"'
    )
    return reponse


@cache
def empreinte_des_gabarits() -> str:
    """Une mise à jour du logiciel renouvelle les pages gardées."""
    condense = hashlib.sha256()
    for dossier in _GABARITS:
        for fichier in sorted(dossier.rglob("*.html")):
            condense.update(fichier.read_bytes())
    return condense.hexdigest()[:16]
