"""La ronde des preuves."""

from datetime import datetime

from beffroi.personnes.niveaux import services


def oublier(le: datetime) -> None:
    """Ronde : un défi passé, une lettre close depuis longtemps ne se gardent pas."""
    services.oublier_les_defis(le=le)
    services.oublier_les_lettres(le=le)
