"""Le premier pas d'un adhérent : dire combien il a d'agents."""

from datetime import datetime

from django.urls import reverse

from beffroi.centre.adherents import queries
from beffroi.centre.adherents.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.fondations.premiers_pas import PremierPas


def effectif_declare(habilitation: Habilitation, *, le: datetime) -> PremierPas | None:
    """Rien à dire à un organisme que l'annuaire du centre ne connaît pas."""
    adherent = queries.adherent_de(habilitation.organisme)
    if adherent is None:
        return None
    return PremierPas(
        nom="effectif",
        titre="Dire combien vous avez d'agents",
        detail="Un seul nombre. Il fixe la contribution : la grille de la convention le dit.",
        fait=queries.en_cours().filter(adherent=adherent).exists(),
        url=reverse("adherents:declarer", args=(habilitation.organisme.siret,)),
        geste="Dire l'effectif",
        a_defaut=""
        if permet(habilitation, "declarer_l_effectif", ACTES)
        else "Votre administrateur",
    )
