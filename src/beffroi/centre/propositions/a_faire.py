"""« À faire » et les propositions : ce que l'un propose attend l'autre."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.centre.propositions import queries
from beffroi.centre.propositions.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.socle.fondations.a_faire import AFaire, GesteAttendu
from droit.dates import en_toutes_lettres
from formats.dates import PARIS


def propositions_a_decider(
    habilitations: Iterable[Habilitation], *, le: datetime
) -> Iterator[AFaire]:
    """Pour qui décide, sauf ce qu'il a proposé : une ligne par proposition ouverte."""
    decide = next((une for une in habilitations if _decide(une)), None)
    for proposition in queries.ouvertes() if decide else ():
        if decide is None or proposition.proposee_par_id == decide.utilisateur_id:
            continue
        jour = proposition.proposee_le.astimezone(PARIS).date()
        attendu = GesteAttendu(
            titre="Décider de ce qu'une autre personne propose",
            detail=f"{proposition.titre}.",
            page=proposition.page,
            geste="Décider",
            quand=f"Proposé le {en_toutes_lettres(jour)}",
            jour=jour,
        )
        yield attendu.a_faire(le=le)


def ouvertes(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    return [queries.ouvertes()] if any(_decide(une) for une in habilitations) else []


def _decide(habilitation: Habilitation) -> bool:
    return est_du_centre(habilitation) and permet(habilitation, "decider", ACTES)
