"""Un essai manqué se paie d'une attente : ni un code ne se devine, ni une vérification ne s'use."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.http import HttpRequest

from beffroi.personnes.comptes import essais
from beffroi.personnes.comptes.services import noter_un_echec
from beffroi.socle.fondations.erreurs import ErreurMetier

ESSAIS_SANS_ATTENTE = 5


@contextmanager
def un_essai(request: HttpRequest, *, le: datetime) -> Iterator[None]:
    """Attend d'abord, autant que les essais déjà manqués par cette personne le demandent."""
    compte = essais.compteur("preuve", str(request.user.pk), ESSAIS_SANS_ATTENTE)
    essais.ralentir(request, (compte,), le=le)
    try:
        yield
    except ErreurMetier:
        noter_un_echec([compte.cle], maintenant=le)
        raise
