"""La ronde des communications."""

from datetime import datetime

from beffroi.garde.occultation import services


def effacer(le: datetime) -> None:
    """Ronde : un document occulté ne se garde qu'une heure."""
    services.effacer_les_expires(le=le)
