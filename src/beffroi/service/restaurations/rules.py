"""Ce que l'on attend des essais de restauration : un par trimestre (REQ-136)."""

from datetime import datetime, timedelta

ESSAI_TOUS_LES = timedelta(days=92)


def essai_en_retard(dernier: datetime | None, *, maintenant: datetime) -> bool:
    """Vrai sans aucun essai, ou plus d'un trimestre après le dernier :
    une sauvegarde jamais relue n'en est pas une.
    """
    return dernier is None or maintenant - dernier > ESSAI_TOUS_LES
