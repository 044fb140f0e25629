"""Des fichiers qui passent lentement n'occupent jamais tous les fils.

Un fil tient un fichier jusqu'à ce que son lecteur en ait le dernier octet, et un serveur frontal le
passe au pas du lecteur. Soixante-quatre lecteurs au goutte-à-goutte d'un dossier public, sans
compte, empêcheraient toute une commune de recevoir ses réponses : la moitié des fils leur reste
fermée, et un seul réseau n'en prend que quelques-uns. De même pour un envoi plus gros que ce qu'un
frontal garde avant de le passer (`deploiement/caddy`) ; les parties d'une réponse y tiennent.
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
GARDE_PAR_UN_FRONTAL = 12 << 20
ATTENTE_S = 15
BEAUCOUP = "Beaucoup de fichiers passent en ce moment."


class Places:
    """Combien de fils de ce processus, en tout et pour chaque réseau."""

    def __init__(self, ensemble: int) -> None:
        self.ensemble = ensemble
        self._verrou = threading.Lock()
        self._chez = Counter[str]()

    def prendre(self, chez: str) -> bool:
        with self._verrou:
            libre = self._chez[chez] < PAR_RESEAU and self._chez.total() < self.ensemble
            if libre:
                self._chez[chez] += 1
            return libre

    def rendre(self, chez: str) -> None:
        with self._verrou:
            self._chez[chez] -= 1
            if not self._chez[chez]:
                del self._chez[chez]


class FichiersEnCours:
    """Compte les fichiers qui partent de ce processus, et les gros qui y arrivent ;
    celui de trop attend son tour. À poser avant ce qui lit un envoi.
    """

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.suite = suite
        self.departs, self.arrivees = Places(ENSEMBLE), Places(ENSEMBLE // 2)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chez = reseau(request)
        if not est_gros(request):
            return self._laisser_partir(self.suite(request), request, chez)
        if not self.arrivees.prendre(chez):
            return revenez(request)
        try:
            return self._laisser_partir(self.suite(request), request, chez)
        finally:
            self.arrivees.rendre(chez)

    def _laisser_partir(
        self, reponse: HttpResponseBase, request: HttpRequest, chez: str
    ) -> HttpResponseBase:
        if not reponse.streaming:
            return reponse
        if not self.departs.prendre(chez):
            reponse.close()
            return revenez(request)
        # Fermée quand son dernier octet est parti, ou que la personne est partie ; oubliée, aussi.
        fin: Any = weakref.finalize(reponse, self.departs.rendre, chez)
        reponse._resource_closers.append(fin)  # type: ignore[attr-defined]
        return reponse


def est_gros(request: HttpRequest) -> bool:
    annonces = request.headers.get("Content-Length", "")
    return annonces.isdecimal() and int(annonces) > GARDE_PAR_UN_FRONTAL


def revenez(request: HttpRequest) -> HttpResponse:
    if est_une_api(request):
        page: HttpResponse = probleme(HTTPStatus.TOO_MANY_REQUESTS, BEAUCOUP)
        page["Retry-After"] = str(ATTENTE_S)
        return page
    return page_erreur(request, HTTPStatus.TOO_MANY_REQUESTS, message=BEAUCOUP, attente_s=ATTENTE_S)
