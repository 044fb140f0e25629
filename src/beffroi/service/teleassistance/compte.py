"""Ce que les statistiques du centre comptent des partages (le port `pilotage.EcransMontres`)."""

from datetime import datetime, timedelta

from beffroi.service.teleassistance.models import Partage


def ecrans_montres(*, debut: datetime, fin: datetime) -> list[timedelta | None]:
    """Un accord que personne n'a rejoint n'a rien montré : il ne compte pas."""
    montres = Partage.objects.filter(montre_le__gte=debut, montre_le__lt=fin).order_by()
    return [
        fini - montre if montre and fini else None
        for montre, fini in montres.values_list("montre_le", "fini_le")
    ]
