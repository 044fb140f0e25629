"""Ne pas refaire ce que le lecteur a déjà : une étiquette faible, tirée des versions et non du rendu (RFC 9110, § 8.8.3)."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

A_REVALIDER = "no-cache"


def repondre(
    request: HttpRequest, version: object, composer: Callable[[], HttpResponse], *, garde: str = A_REVALIDER
) -> HttpResponse:
    """304 si le lecteur tient cette version, sinon la réponse composée. `version` : des valeurs dont l'écriture est stable."""
    etiquette = f'W/"{hashlib.sha256(repr(version).encode()).hexdigest()[:32]}"'
    reponse = get_conditional_response(request, etag=etiquette) or composer()
    reponse["ETag"] = etiquette
    reponse["Cache-Control"] = garde
    return reponse
