"""Des fichiers lus lentement n'occupent jamais tous les fils.

Un fil tient un fichier jusqu'à ce que son lecteur en ait le dernier octet, et un serveur frontal le
passe au pas du lecteur. Soixante-quatre lecteurs au goutte-à-goutte d'un dossier public, sans
compte, empêcheraient toute une commune de recevoir ses réponses : la moitié des fils leur reste
fermée, et un seul réseau n'en prend que quelques-uns.
"""

import threading
import weakref
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from beffroi.faces.portail.erreurs import page_erreur
from beffroi.socle.budgets.reseau import reseau
from beffroi.socle.guichet.logiciels import est_une_api, probleme

ENSEMBLE = settings.FILS // 2
# Une mairie, un centre sortent par une seule adresse.
PAR_RESEAU = ENSEMBLE // 2
ATTENTE_S = 15
BEAUCOUP = "Beaucoup de fichiers se téléchargent en ce moment."


class FichiersEnCours:
    """Compte les fichiers qui partent de ce processus ; celui de trop attend son tour."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.suite = suite
        self._verrou = threading.Lock()
        self._chez = Counter[str]()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reponse = self.suite(request)
        if not reponse.streaming:
            return reponse
        chez = reseau(request)
        if not self._prendre(chez):
            reponse.close()
            return revenez(request)
        # Fermée quand son dernier octet est parti, ou que la personne est partie ; oubliée, aussi.
        fin: Any = weakref.finalize(reponse, self._rendre, chez)
        reponse._resource_closers.append(fin)  # type: ignore[attr-defined]
        return reponse

    def _prendre(self, chez: str) -> bool:
        with self._verrou:
            if self._chez[chez] >= PAR_RESEAU or self._chez.total() >= ENSEMBLE:
                return False
            self._chez[chez] += 1
            return True

    def _rendre(self, chez: str) -> None:
        with self._verrou:
            self._chez[chez] -= 1
            if not self._chez[chez]:
                del self._chez[chez]


def revenez(request: HttpRequest) -> HttpResponse:
    if est_une_api(request):
        page: HttpResponse = probleme(HTTPStatus.TOO_MANY_REQUESTS, BEAUCOUP)
        page["Retry-After"] = str(ATTENTE_S)
        return page
    return page_erreur(
        request, HTTPStatus.TOO_MANY_REQUESTS, message=BEAUCOUP, attente_s=ATTENTE_S
    )
