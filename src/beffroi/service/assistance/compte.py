"""Ce que les statistiques du centre comptent des demandes (le port `pilotage.DemandesPromises`)."""

from datetime import datetime

from beffroi.service.assistance.models import Demande
from beffroi.service.pilotage.mesures import Promise


def demandes_promises(*, debut: datetime, fin: datetime) -> list[Promise]:
    """La même règle que la part tenue : une demande fusionnée compte dans celle qui reste."""
    recues = Demande.objects.filter(recue_le__gte=debut, recue_le__lt=fin)
    comptees = recues.exclude(etat=Demande.Etat.FUSIONNEE).order_by()
    dates = comptees.values_list("recue_le", "promise_pour", "repondue_le")
    return [Promise(*les_siennes) for les_siennes in dates]
