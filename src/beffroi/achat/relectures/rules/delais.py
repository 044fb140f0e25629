"""Le délai promis d'une relecture, et le temps passé, en heures ouvrées de l'assistance."""

from datetime import date, datetime, timedelta

from droit.calendrier.heures import PARIS, Horaires, instant_de_paris
from droit.calendrier.heures_ouvrees import temps_ouvre
from droit.calendrier.jours import jours_ouvres_apres, jours_ouvres_entre

JOURS_PROMIS = 3
JOURS_EN_URGENCE = 1


def due_le(demandee: datetime, *, avis_prevu_le: date | None, horaires: Horaires) -> datetime:
    """Trois jours ouvrés, un seul si l'avis part avant ; à la fermeture de l'assistance."""
    jour = demandee.astimezone(PARIS).date()
    presse = avis_prevu_le is not None and jours_ouvres_entre(jour, avis_prevu_le) <= JOURS_PROMIS
    promis = jours_ouvres_apres(jour, JOURS_EN_URGENCE if presse else JOURS_PROMIS)
    return instant_de_paris(promis, horaires.fermeture)


def heures_ouvrees(debut: datetime, fin: datetime, horaires: Horaires) -> float:
    """Le temps entre deux instants, compté les jours ouvrés aux heures de l'assistance."""
    return temps_ouvre(debut, fin, horaires) / timedelta(hours=1)


def est_pressee(due: datetime, *, le: datetime) -> bool:
    """Due aujourd'hui, ou déjà en retard."""
    return due.astimezone(PARIS).date() <= le.astimezone(PARIS).date()
