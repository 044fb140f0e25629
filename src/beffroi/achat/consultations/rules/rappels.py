"""Quand rappeler aux personnes qui ouvrent d'essayer leur clé :
sept jours, puis deux jours avant l'heure limite.
"""

from datetime import datetime, timedelta

# Scellement, §2.3 : le second rappel laisse encore le temps de retrouver un code de secours.
RAPPELS_D_ESSAI = (timedelta(days=7), timedelta(days=2))


def rappel_en_cours(*, limite: datetime, maintenant: datetime) -> timedelta | None:
    """Le dernier rappel dont l'instant est passé, tant que l'heure limite ne l'est pas."""
    reste = limite - maintenant
    passes = [rappel for rappel in RAPPELS_D_ESSAI if timedelta(0) < reste <= rappel]
    return min(passes, default=None)
