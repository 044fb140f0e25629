"""Un délai en mois, date à date :
deux mois après le 31 décembre, c'est le dernier jour de février.
"""

from calendar import monthrange
from datetime import date


def ajouter(jour: date, mois: int) -> date:
    """Le même quantième, `mois` mois plus tard ;
    à défaut, le dernier jour du mois (règlement (CEE, Euratom) n° 1182/71).
    """
    annee, reste = divmod(jour.month - 1 + mois, 12)
    dernier = monthrange(jour.year + annee, reste + 1)[1]
    return date(jour.year + annee, reste + 1, min(jour.day, dernier))
