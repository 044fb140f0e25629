"""Ce que les contrats annoncent."""

from dataclasses import dataclass

from beffroi.marches.models import Marche


@dataclass(frozen=True)
class MarcheNotifie:
    """Le titulaire a reçu la notification : le contrat a pris effet."""

    marche: Marche
