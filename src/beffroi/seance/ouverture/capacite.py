"""La capacité de la séance : le coffre répond au navigateur qui a tourné les clés, à lui seul.

Le serveur la tire, la confie au coffre et au navigateur, et n'en garde rien : ni la base, ni un
fichier, ni un autre processus du même compte ne peuvent la présenter.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def nom(table: str) -> str:
    """Un témoin par table : la référence de la séance, ou de la répétition."""
    return f"{settings.PREFIXE_DES_COOKIES}coffre-{table}{settings.SUFFIXE_DE_L_ESPACE}"


def presentee(request: HttpRequest, table: str) -> str:
    return request.COOKIES.get(nom(table), "")


def confier(reponse: HttpResponse, capacite: str, *, table: str) -> None:
    """Jusqu'à la fermeture du navigateur, et hors de portée de tout script."""
    reponse.set_cookie(
        nom(table), capacite, httponly=True, secure=settings.EN_HTTPS, samesite="Strict"
    )
