"""La ronde des apports : ce que plus rien n'attend sort de « À faire »."""

from datetime import datetime

from beffroi.centre.apports.services import oublier_les_perimes


def faire_le_tour(le: datetime) -> None:
    oublier_les_perimes(maintenant=le)
