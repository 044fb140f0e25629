"""Ce que la fiche d'un adhérent dit des interventions : le port `adherents.SesInterventions`."""

from datetime import datetime

from django.urls import reverse

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.ports import Bloc, Fait
from beffroi.centre.interventions import ecrans, queries
from beffroi.centre.interventions.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from formats import dates

MONTREES = 5


def ses_interventions(adherent: Adherent, *, pour: Habilitation, le: datetime) -> Bloc | None:
    """Les dernières, et où en ouvrir une : à qui voit les comptes."""
    organisme = adherent.organisme
    if organisme is None or not permet(pour, "voir_les_comptes", ACTES):
        return None
    siret = organisme.siret
    ouvrir = ("Ouvrir une intervention", reverse("interventions:ouvrir", args=(siret,)))
    return Bloc(
        faits=[
            _intervention(lue, siret)
            for lue in ecrans.sans_gestes(queries.dernieres_chez(organisme, MONTREES), le=le)
        ],
        geste=ouvrir if permet(pour, "intervenir", ACTES) else None,
    )


def _intervention(lue: ecrans.Lue, siret: str) -> Fait:
    faite = lue.intervention
    quand = dates.jour_et_heure_limite(faite.ouverte_le)
    return Fait(
        quoi=f"{faite.get_sorte_display()} : {faite.motif}",
        dit=f"{faite.ouverte_par.nom}, {quand}",
        ton=lue.ton,
        mot=lue.mot,
        url=reverse("interventions:intervention", args=(siret, faite.reference)),
        le=faite.ouverte_le,
    )
