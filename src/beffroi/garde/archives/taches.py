"""La ronde des archives : la veille de la nuit."""

from datetime import datetime

from beffroi.garde.archives.services.veilles import veiller
from beffroi.garde.archives.veille import est_l_heure


def veiller_la_nuit(le: datetime) -> None:
    if est_l_heure(le):
        veiller(maintenant=le)
