"""La capacité de la séance : le coffre répond au navigateur qui a tourné les clés, à lui seul.

Le serveur la tire, la confie au coffre et au navigateur, et n'en garde rien : ni la base, ni un
fichier, ni un autre processus du même compte ne peuvent la présenter.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def nom() -> str:
    return f"{'__Secure-' if settings.EN_HTTPS else ''}coffre{settings.SUFFIXE_DE_L_ESPACE}"


def presentee(request: HttpRequest) -> str:
    return request.COOKIES.get(nom(), "")


def confier(reponse: HttpResponse, capacite: str, *, table: str) -> None:
    """Aux seules pages de cette table, jusqu'à la fermeture du navigateur."""
    reponse.set_cookie(
        nom(), capacite, path=table, httponly=True, secure=settings.EN_HTTPS, samesite="Strict"
    )
