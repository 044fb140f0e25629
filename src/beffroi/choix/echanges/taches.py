"""Ce que l'ouvrier regarde : ce que le serveur de courriel a fait des alertes."""

from datetime import datetime

from django.db.models import Q

from beffroi.choix.echanges import services
from beffroi.choix.echanges.models import Alerte
from beffroi.socle.fondations.models import Courriel

ALERTES_PAR_RONDE = 200


def constater_les_alertes(le: datetime) -> None:
    """Ronde : chaque alerte prise ou refusée par le serveur se
    constate, et s'inscrit au journal.
    """
    connus = Courriel.objects.filter(Q(envoye_le__isnull=False) | Q(refuse_le__isnull=False))
    attendues = Alerte.objects.filter(
        acceptee_le=None, refusee_le=None, cle__in=connus.values("cle")
    )
    alertes = {alerte.cle: alerte for alerte in attendues.order_by("pk")[:ALERTES_PAR_RONDE]}
    for courriel in Courriel.objects.filter(cle__in=alertes):
        services.constater_l_alerte(
            alerte=alertes[courriel.cle],
            acceptee_le=courriel.envoye_le,
            refus=courriel.refus,
            maintenant=le,
        )
