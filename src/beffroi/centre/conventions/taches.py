"""La ronde de l'ouvrier :
clore ce qui a fini, suivre les termes, effacer les demandes que personne n'a confirmées.
"""

from datetime import datetime

from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.services.demandes import effacer_les_demandes
from beffroi.centre.conventions.services.fin import clore
from beffroi.centre.conventions.services.terme import suivre_le_terme
from beffroi.centre.conventions.states import COURENT, Etat
from formats.dates import PARIS


def faire_le_tour(le: datetime) -> None:
    """Ronde : chaque convention dans sa transaction ; une seconde ronde ne fait rien de plus."""
    jour = le.astimezone(PARIS).date()
    for convention in Convention.objects.filter(etat=Etat.DENONCEE, fin__lt=jour):
        clore(convention=convention, maintenant=le)
    for convention in Convention.objects.filter(etat__in=COURENT).exclude(terme=None):
        suivre_le_terme(convention=convention, maintenant=le)
    effacer_les_demandes(le=le)
