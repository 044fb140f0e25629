"""Ne pas refaire ce que le lecteur a déjà :
une étiquette faible, tirée des versions ou du contenu (RFC 9110, § 8.8.3).
"""

import hashlib
import re
from collections.abc import Callable
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response

A_REVALIDER = "no-cache"
A_PERSONNE_D_AUTRE = "private, no-store"
# L'heure de la page, en toutes lettres et aux aiguilles du beffroi.
HEURE_SERVIE = re.compile(
    rb'<p class="heure-servie">.*?</p>|<path class="f-aiguilles"[^>]*>', re.DOTALL
)
MINUTES_DE_TROP = re.compile(rb"(<strong>\d+[^<\d]*jours?[^<]*?) et [^<]*?min(?=</strong>)")
SUITES = {
    "flux": "application/atom+xml",
    "calendrier": "text/calendar",
    "donnees": "application/json",
}


def repondre[Composee: HttpResponseBase](
    request: HttpRequest,
    version: object,
    composer: Callable[[], Composee],
    *,
    garde: str = A_REVALIDER,
) -> Composee | HttpResponse:
    """304 si le lecteur tient cette version, sinon la réponse composée.

    `version` : des valeurs dont l'écriture est stable.
    """
    etiquette = f'W/"{hashlib.sha256(repr(version).encode()).hexdigest()[:32]}"'
    gardee: HttpResponse | None = get_conditional_response(request, etag=etiquette)
    reponse = gardee or composer()
    reponse["ETag"] = etiquette
    reponse["Cache-Control"] = garde
    return reponse


def est_de_tous(request: HttpRequest) -> bool:
    """La page ne dira rien d'une séance :
    ni compte, ni message en attente, ni rien de retenu d'une visite.
    """
    return (
        not request.user.is_authenticated
        and request.session.is_empty()
        and not len(get_messages(request))
    )


def page_de_tous(request: HttpRequest, gabarit: str, contexte: dict[str, Any]) -> HttpResponse:
    """Un visiteur garde la page et la revérifie sur son contenu.

    Celle d'une personne connectée n'est qu'à elle.
    """
    partagee = est_de_tous(request)
    page = render(request, gabarit, contexte)
    if partagee:
        return repondre(request, sans_les_minutes(page.content), lambda: page)
    page["Cache-Control"] = A_PERSONNE_D_AUTRE
    return page


def sans_les_minutes(page: bytes) -> bytes:
    """Ce que la page dit, moins l'heure où elle a été faite et,
    à plus d'un jour de la limite, les minutes du décompte.

    Deux pages égales à cela près se valent :
    une étiquette faible le permet, et la page gardée dit l'heure qui est la sienne.
    """
    return MINUTES_DE_TROP.sub(rb"\1", HEURE_SERVIE.sub(b"", page))


def avec_liens(reponse: HttpResponse, **adresses: str) -> HttpResponse:
    """Le flux, le calendrier, les données de la page, dits aussi aux logiciels (RFC 8288)."""
    reponse["Link"] = ", ".join(
        f'<{adresse}>; rel="alternate"; type="{SUITES[suite]}"'
        for suite, adresse in adresses.items()
    )
    return reponse
