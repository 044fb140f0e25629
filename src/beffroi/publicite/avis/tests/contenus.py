"""Des avis de la commune de la scène, nationaux et européens."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from formats.avis.modele import Avis
from formats.avis.tests import exemples


def europeen(*, envoi: datetime) -> Avis:
    """Un appel d'offres ouvert, daté d'aujourd'hui."""
    return _date(exemples.marche(), envoi)


def national(*, envoi: datetime) -> Avis:
    return _date(exemples.volontaire(), envoi)


def _date(avis: Avis, envoi: datetime) -> Avis:
    remise = replace(
        avis.remise,
        limite=envoi + timedelta(days=35),
        limite_des_questions=envoi + timedelta(days=25),
        ouverture=None,
    )
    return replace(avis, envoi=envoi, remise=remise)


def tirage(depart: int = 0):
    """Des identifiants qui se suivent, pour que deux essais se ressemblent."""
    rang = depart

    def tirer() -> UUID:
        nonlocal rang
        rang += 1
        return UUID(f"00000000-0000-4000-8000-{rang:012d}")

    return tirer
