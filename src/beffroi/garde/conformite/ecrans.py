"""Ce que d'autres pages montrent de la conformité :
la clause de sous-traitance d'une convention finie.
"""

from django.urls import reverse

from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.ports import Clause
from beffroi.centre.conventions.states import Etat
from beffroi.garde.conformite.queries import fin_de_sous_traitance

COURT = "Court encore : le centre traite les données jusqu'à leur remise et leur effacement."


def clause_de(convention: Convention) -> Clause:
    finie = fin_de_sous_traitance(convention)
    if finie:
        return Clause(dite=finie.dite)
    adresse = reverse("conformite:finir_la_clause", args=[convention.reference])
    return Clause(dite=COURT, a_finir=adresse if convention.etat == Etat.CLOSE else "")
