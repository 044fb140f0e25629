"""Lire une valeur la veille et le jour d'un changement, comme on le demanderait à un juriste."""

from datetime import date, timedelta

from droit.en_vigueur import Droit, DroitInconnu
from droit.tables import Donnee

INCONNUE = "inconnue"
CODE = date(2019, 4, 1)
LECTURE = date(2026, 4, 1)
LOI_CLIMAT = date(2026, 8, 21)


def au(cle: str, jour: date) -> Donnee:
    try:
        return Droit.au(jour).valeur(cle).valeur
    except DroitInconnu:
        return INCONNUE


def bascule(cle: str, le: date) -> tuple[Donnee, Donnee]:
    """Ce que la clé vaut la veille, puis le jour même."""
    return au(cle, le - timedelta(days=1)), au(cle, le)
