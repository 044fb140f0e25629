"""La ronde : clore ce qui vient d'être payé, et lever son blocage.

C'est le seul acte que personne ne demande.
"""

from datetime import datetime

from beffroi.centre.impayes.models import Defaut
from beffroi.centre.impayes.services.cloture import regler
from beffroi.centre.impayes.states import EN_COURS
from beffroi.centre.recettes.lecture import impayes
from formats.dates import PARIS


def faire_le_tour(le: datetime) -> None:
    """Chaque défaut dans sa transaction ; une seconde ronde ne fait rien de plus."""
    dus = [impaye.contribution.pk for impaye in impayes(le=le.astimezone(PARIS).date())]
    for defaut in Defaut.objects.filter(etat__in=EN_COURS).exclude(contribution__in=dus):
        regler(defaut=defaut, maintenant=le)
