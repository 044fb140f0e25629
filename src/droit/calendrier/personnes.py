"""Les délais de la protection des données :
répondre à une personne, notifier une violation (RGPD, art. 12 et 33).
"""

from datetime import UTC, date, datetime, timedelta

from droit.calendrier import jours
from droit.citation import Article

DELAI = Article("RGPD", "12")
MOIS, MOIS_PROLONGE = 1, 3
VIOLATION = Article("RGPD", "33")
POUR_NOTIFIER = timedelta(hours=72)


def repondre_avant(recue: date, *, prolongee: bool = False) -> date:
    """Le dernier jour : un mois après la réception ;
    trois si la demande est complexe et que la personne en est avertie.

    De date à date ; un dernier jour non ouvré reporte au suivant (règlement (CEE)
    n° 1182/71, art. 3, § 4).
    """
    return jours.premier_jour_ouvre(jours.mois_apres(recue, MOIS_PROLONGE if prolongee else MOIS))


def notifier_avant(connue_le: datetime) -> datetime:
    """L'heure limite pour notifier une violation à la CNIL :
    72 heures après en avoir eu connaissance (RGPD, art. 33, § 1).

    D'heure à heure, nuits, dimanches et fêtes compris : un délai en heures ne se reporte pas au
    jour ouvré (règlement (CEE) n° 1182/71, art. 3, § 3 et 4).
    """
    return connue_le.astimezone(UTC) + POUR_NOTIFIER
