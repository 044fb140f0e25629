"""Le temps de répondre à une personne qui exerce ses droits sur ses données (RGPD, art. 12, § 3)."""

from datetime import date

from droit.calendrier import jours
from droit.citation import Article

DELAI = Article("RGPD", "12")
MOIS, MOIS_PROLONGE = 1, 3


def repondre_avant(recue: date, *, prolongee: bool = False) -> date:
    """Le dernier jour : un mois après la réception ; trois si la demande est complexe et que la personne en est avertie.

    De date à date ; un dernier jour non ouvré reporte au suivant (règlement (CEE) n° 1182/71, art. 3, § 4).
    """
    return jours.premier_jour_ouvre(jours.mois_apres(recue, MOIS_PROLONGE if prolongee else MOIS))
