"""L'état de chaque convention, pour l'annuaire : le port `adherents.EtatsDesConventions`."""

from collections.abc import Collection, Mapping
from datetime import datetime

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.ports import EtatDeConvention
from beffroi.centre.conventions import queries
from beffroi.centre.conventions.ecrans import TONS
from beffroi.centre.conventions.states import Etat


def etats_des_conventions(
    adherents: Collection[Adherent], *, le: datetime
) -> Mapping[str, EtatDeConvention]:
    """La dernière convention de chacun, par SIREN ; une seule lecture."""
    siennes = queries.conventions().filter(adherent__in=[adherent.pk for adherent in adherents])
    return {
        convention.adherent.siren: EtatDeConvention(
            ton=TONS[Etat(convention.etat)],
            mot=str(Etat(convention.etat).label),
            url=f"/cdg/conventions/{convention.reference}/",
        )
        for convention in siennes.order_by("demandee_le", "pk")
    }
