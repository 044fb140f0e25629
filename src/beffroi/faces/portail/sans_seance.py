"""Un dossier se télécharge sans lire la séance :
que les comptes répondent ou non, il part (CCP, art. R. 2132-2).
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

UN_FICHIER_DU_DOSSIER = re.compile(r"/consultations/[^/]+/documents/.+")


class DossiersSansSeance:
    """Le retrait est anonyme de toute façon : qui veut se nommer le fait à part.

    À poser avant le lecteur de séances.
    """

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if UN_FICHIER_DU_DOSSIER.fullmatch(request.path):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return self.suite(request)
