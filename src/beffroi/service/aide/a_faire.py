"""« À faire » et l'assistance : rappeler qui l'a demandé."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.service.aide import queries
from beffroi.service.aide.permissions import ACTES
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates

PRESSE_APRES = timedelta(hours=2)


def rappels_a_faire(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    """Pour les agents du centre, une ligne par personne.

    « À faire » part aussi par courriel : ni nom, ni numéro.
    """
    if not _rappellent(habilitations):
        return
    file = queries.rappels_a_faire(le=le)
    premiere = min((rappel.demande.demandee_le for rappel in file), default=le)
    for rappel in file:
        yield a_rappeler(rappel, premiere=premiere, le=le)


def rappels(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    return [queries.en_attente()] if _rappellent(habilitations) else []


def _rappellent(habilitations: Iterable[Habilitation]) -> bool:
    return any(permet(une, "rappeler", ACTES) and est_du_centre(une) for une in habilitations)


def a_rappeler(rappel: queries.Rappel, *, premiere: datetime, le: datetime) -> AFaire:
    """Qui passe en premier prend la place de la plus ancienne demande."""
    demande, limite = rappel.demande, rappel.limite
    demandee = (
        f"Demandé le {dates.jour(demande.demandee_le)} à {dates.a_la_minute(demande.demandee_le)}"
    )
    return AFaire(
        titre="Rappeler une personne qui dépose" if limite else "Rappeler une personne",
        detail=f"Consultation {demande.consultation}."
        if demande.consultation
        else "Sans consultation nommée.",
        url=f"/cdg/rappels/#{demande.reference}",
        geste="Rappeler",
        quand=f"Heure limite le {dates.jour_et_heure_limite(limite)}" if limite else demandee,
        presse=limite is not None
        or le - demande.demandee_le >= PRESSE_APRES
        or bool(demande.consultation),
        echeance=premiere if limite else demande.demandee_le,
    )
