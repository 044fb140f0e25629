"""Une page part comprimée :
trois fois moins d'octets, et c'est l'essentiel du poids d'une première visite.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PAGES = ("text/html", "application/atom+xml")


class PagesComprimees(GZipMiddleware):
    """Comprime ce qu'un visiteur sans session lit :
    rien n'y est secret, la taille n'apprend donc rien (BREACH, 2013).

    Un dossier servi en flux garde sa longueur et ses reprises :
    ce n'est pas une page, et il est déjà comprimé.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if (
            response.streaming
            or settings.SESSION_COOKIE_NAME in request.COOKIES
            or not est_une_page(response)
        ):
            return response
        comprimee: HttpResponseBase = super().process_response(request, response)
        return comprimee


def est_une_page(reponse: HttpResponseBase) -> bool:
    return reponse.headers.get("Content-Type", "").startswith(PAGES)
