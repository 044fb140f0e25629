"""Reconnaître l'appareil d'une personne :
deux personnes qui ouvrent ont chacune le leur (REQ-90).
"""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

UN_AN_S = 365 * 24 * 3600


def temoin() -> str:
    return f"{settings.PREFIXE_DES_COOKIES}appareil{settings.SUFFIXE_DE_L_ESPACE}"


def reconnaitre(request: HttpRequest) -> str:
    """La marque de cet appareil, ou une neuve s'il n'en a pas encore."""
    marque = request.get_signed_cookie(temoin(), default=None)
    return marque or secrets.token_hex(16)


def marquer(reponse: HttpResponse, marque: str) -> None:
    """Laisse la marque sur l'appareil ; elle ne sert à rien d'autre."""
    reponse.set_signed_cookie(
        temoin(),
        marque,
        max_age=UN_AN_S,
        httponly=True,
        secure=settings.EN_HTTPS,
        samesite="Strict",
    )
