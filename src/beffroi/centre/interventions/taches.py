"""La ronde de l'ouvrier :
clore les interventions dont l'heure est passée, et l'écrire à l'organisme.
"""

from datetime import datetime

from beffroi.centre.interventions import queries
from beffroi.centre.interventions.services.cycle import expirer


def clore_les_expirees(le: datetime) -> None:
    """Ronde : chacune dans sa transaction ; une seconde ronde ne fait rien de plus.

    L'heure suffit à refuser un acte.
    """
    for intervention in queries.expirees(le):
        expirer(intervention=intervention, maintenant=le)
