"""Compter le temps aux heures où l'assistance répond :
les jours ouvrés, entre l'ouverture et la fermeture, à Paris.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from droit.calendrier.heures import PARIS, Horaires, instant_de_paris
from droit.calendrier.jours import est_ouvre, jours_apres


def temps_ouvre(debut: datetime, fin: datetime, horaires: Horaires) -> timedelta:
    """Le temps entre deux instants, hors des heures de fermeture ; zéro si `fin` précède."""
    total = timedelta()
    for ouvre, ferme in _plages_depuis(debut, horaires):
        if ouvre >= fin:
            break
        total += min(fin, ferme) - ouvre
    return total


def apres_un_temps_ouvre(debut: datetime, duree: timedelta, horaires: Horaires) -> datetime:
    """L'instant (UTC) où `duree` d'heures ouvrées est passée.

    Une durée qui s'achève à la fermeture s'achève ce soir-là.
    """
    if duree <= timedelta():
        raise ValueError("Un délai promis est une durée positive.")
    reste = duree
    for ouvre, ferme in _plages_depuis(debut, horaires):
        if reste <= ferme - ouvre:
            return (ouvre + reste).astimezone(UTC)
        reste -= ferme - ouvre
    raise AssertionError("Les jours ouvrés ne finissent pas.")


def _plages_depuis(debut: datetime, horaires: Horaires) -> Iterator[tuple[datetime, datetime]]:
    """Ce qui reste d'ouverture ce jour-là, puis chaque jour ouvré entier."""
    jour: date = debut.astimezone(PARIS).date()
    while True:
        if est_ouvre(jour):
            ouvre = max(debut, instant_de_paris(jour, horaires.ouverture))
            ferme = instant_de_paris(jour, horaires.fermeture)
            if ouvre < ferme:
                yield ouvre, ferme
        jour = jours_apres(jour, 1)
