"""Ce que l'on attend des sauvegardes : une par jour, et un essai de restauration par trimestre (REQ-136)."""

from datetime import datetime, timedelta

SAUVEGARDE_TOUS_LES = timedelta(days=1)
# Une sauvegarde qui dure, un changement d'heure : l'alerte vient après, pas pendant.
GRACE = timedelta(hours=2)
ESSAI_TOUS_LES = timedelta(days=92)


def sauvegarde_en_retard(derniere: datetime | None, *, maintenant: datetime) -> bool:
    """Vrai sans aucune sauvegarde, ou plus d'un jour après la dernière."""
    return derniere is None or maintenant - derniere > SAUVEGARDE_TOUS_LES + GRACE


def essai_en_retard(dernier: datetime | None, *, maintenant: datetime) -> bool:
    """Vrai sans aucun essai, ou plus d'un trimestre après le dernier : une sauvegarde jamais relue n'en est pas une."""
    return dernier is None or maintenant - dernier > ESSAI_TOUS_LES
