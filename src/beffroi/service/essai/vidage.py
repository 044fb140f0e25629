"""Quand un espace d'essai se vide : chaque nuit, à l'heure de Paris."""

from datetime import datetime, time, timedelta

from formats.dates import PARIS

HEURE_DU_VIDAGE = time(3)


def dernier_vidage(le: datetime) -> datetime:
    """Les trois heures du matin, heure de Paris, les plus récentes."""
    local = le.astimezone(PARIS)
    ce_jour = datetime.combine(local.date(), HEURE_DU_VIDAGE, PARIS)
    return (
        ce_jour
        if local >= ce_jour
        else datetime.combine(local.date() - timedelta(days=1), HEURE_DU_VIDAGE, PARIS)
    )


def prochain_vidage(le: datetime) -> datetime:
    local = le.astimezone(PARIS)
    ce_jour = datetime.combine(local.date(), HEURE_DU_VIDAGE, PARIS)
    return (
        ce_jour
        if local < ce_jour
        else datetime.combine(local.date() + timedelta(days=1), HEURE_DU_VIDAGE, PARIS)
    )
