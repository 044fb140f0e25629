"""Le débit des lectures publiques :
freiner un programme qui s'emballe, jamais une entreprise qui dépose.

Seules les lectures sans jeton y passent (`api.public`). Le dépôt, l'envoi des parties et les pages
n'y passent jamais : à 11 h 58, rien ici ne peut retenir personne. Le seau est large : une ville
entière sort parfois par une seule adresse. Il vit dans la mémoire de chaque processus : ni base ni
disque n'y est écrit, et aucune adresse n'est gardée.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, local

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

LECTURES_DE_SUITE = 600
LECTURES_PAR_SECONDE = 10
ADRESSES_SUIVIES = 10_000


@dataclass
class Seau:
    """Ce qu'il reste de lectures, et l'instant où on l'a compté."""

    reste: float
    compte_a: float


class Debit:
    """Un seau par demandeur ; le plus ancien s'oublie quand il y en a trop."""

    def __init__(self, *, horloge: Callable[[], float] = time.monotonic) -> None:
        self._horloge, self._verrou = horloge, Lock()
        self._seaux: OrderedDict[str, Seau] = OrderedDict()

    def prendre(self, demandeur: str) -> int:
        """Prend une lecture.

        Rend 0, ou le nombre de secondes à attendre quand il n'en reste pas.
        """
        with self._verrou:
            seau = self._remplir(demandeur)
            if seau.reste >= 1:
                seau.reste -= 1
                return 0
            return math.ceil((1 - seau.reste) / LECTURES_PAR_SECONDE)

    def _remplir(self, demandeur: str) -> Seau:
        instant = self._horloge()
        seau = self._seaux.pop(demandeur, None) or Seau(LECTURES_DE_SUITE, instant)
        seau.reste = min(
            LECTURES_DE_SUITE, seau.reste + (instant - seau.compte_a) * LECTURES_PAR_SECONDE
        )
        seau.compte_a = instant
        self._seaux[demandeur] = seau
        if len(self._seaux) > ADRESSES_SUIVIES:
            self._seaux.popitem(last=False)
        return seau


def demandeur(request: HttpRequest) -> str:
    """L'adresse d'où vient la demande, serveurs frontaux déduits ;
    tous les inconnus partagent un seau.
    """
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return "inconnu"


class LecturesPubliques(BaseThrottle):
    """Le frein que `ninja` pose sur une route : 429, avec `Retry-After`."""

    def __init__(self, debit: Debit | None = None) -> None:
        self.debit = debit or Debit()
        # `ninja` demande l'attente après le refus, sans redonner la requête :
        # chaque fil garde la sienne.
        self._refus = local()

    def allow_request(self, request: HttpRequest) -> bool:
        self._refus.attente = self.debit.prendre(demandeur(request))
        return bool(self._refus.attente == 0)

    def wait(self) -> float | None:
        return float(self._refus.attente)
