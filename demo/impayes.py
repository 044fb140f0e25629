"""Un impayé de la démonstration :
la ville qui n'a pas payé l'appel de l'an passé, et le rappel qu'elle a reçu.
"""

from datetime import datetime, timedelta

from beffroi.centre.contributions.models import Contribution
from beffroi.centre.contributions.services import receptions
from beffroi.centre.impayes.models import Defaut
from beffroi.centre.impayes.services import etapes
from demo.contributions import ADHESIONS, EMIS_IL_Y_A
from demo.peuplement import Troupe
from demo.reprise import PARIS


def raconter(troupe: Troupe, *, le: datetime) -> Defaut:
    """Reçu le lendemain de son envoi, échu trente jours après, relancé dès que c'était possible."""
    solange = troupe.personnes["solange"]
    en_retard = Contribution.objects.filter(siret=ADHESIONS[0].siret, emise_le__isnull=False)[0]
    recue = le - EMIS_IL_Y_A + timedelta(days=1)
    receptions.noter_la_reception(
        contribution=en_retard, le=recue.astimezone(PARIS).date(), par=solange, maintenant=recue
    )
    return etapes.relancer(
        contribution=en_retard, par=solange, maintenant=recue + timedelta(days=61)
    )
