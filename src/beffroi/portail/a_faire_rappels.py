"""« À faire » et l'assistance : rappeler qui l'a demandé."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from beffroi.aide import queries
from beffroi.aide.permissions import ACTES
from beffroi.organismes.models import Habilitation
from beffroi.organismes.permissions import permet
from beffroi.portail.gestes import AFaire
from formats import dates

PRESSE_APRES = timedelta(hours=2)


def rappels_a_faire(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    """Pour les agents du centre, une ligne par personne. « À faire » part aussi par courriel : ni nom, ni numéro."""
    if not any(
        permet(habilitation, "rappeler", ACTES) and est_du_centre(habilitation) for habilitation in habilitations
    ):
        return
    for demande in queries.rappels_a_faire():
        yield AFaire(
            titre="Rappeler une personne",
            detail=f"Consultation {demande.consultation}." if demande.consultation else "Sans consultation nommée.",
            url=f"/cdg/rappels/#{demande.reference}",
            geste="Rappeler",
            quand=f"Demandé le {dates.jour(demande.demandee_le)} à {a_la_minute(demande.demandee_le)}",
            presse=le - demande.demandee_le >= PRESSE_APRES or bool(demande.consultation),
            echeance=demande.demandee_le,
        )


def est_du_centre(habilitation: Habilitation) -> bool:
    return habilitation.organisme.role == habilitation.organisme.Role.EXPLOITANT


def a_la_minute(instant: datetime) -> str:
    return dates.heure_limite(instant.replace(second=0, microsecond=0))
