"""« À faire » et les recettes :
noter un titre, une réception, rapprocher un paiement, suivre ce qui est en retard.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.centre.recettes import echeances, lecture, queries
from beffroi.centre.recettes.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.socle.fondations.a_faire import AFaire
from formats.dates import PARIS

TENIR, NOTER = "tenir_les_recettes", "noter_la_reception"


def paiements_a_rapprocher(
    habilitations: Iterable[Habilitation], *, le: datetime
) -> Iterator[AFaire]:
    yield from _permises(echeances.a_rapprocher, habilitations, le=le)


def paiements_seuls(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    return [queries.a_rapprocher()] if TENIR in _actes(habilitations) else []


def appels_a_completer(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    yield from _permises(echeances.a_completer, habilitations, le=le)


def appels_incomplets(
    habilitations: Iterable[Habilitation], *, le: datetime
) -> list[QuerySet[Any]]:
    return [lecture.incompletes_a_payer(_jour(le))] if _actes(habilitations) else []


def appels_en_retard(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    yield from _permises(echeances.en_retard, habilitations, le=le)


def appels_echus(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    return [lecture.echus_a_payer(_jour(le))] if TENIR in _actes(habilitations) else []


def _permises(
    attendues: Callable[..., Iterable[echeances.GesteDUnRole]],
    habilitations: Iterable[Habilitation],
    *,
    le: datetime,
) -> Iterator[AFaire]:
    """Pour chacun, au centre, les gestes que son rôle lui permet."""
    actes = _actes(habilitations)
    for attendu in attendues(jour=_jour(le)) if actes else ():
        if attendu.acte in actes:
            yield attendu.a_faire(le=le)


def _jour(le: datetime) -> date:
    return le.astimezone(PARIS).date()


def _actes(habilitations: Iterable[Habilitation]) -> set[str]:
    """Ceux de ses actes, au centre, qu'une recette peut attendre."""
    siennes = [une for une in habilitations if est_du_centre(une)]
    if not any(permet(une, "voir_les_recettes", ACTES) for une in siennes):
        return set()
    return {acte for acte in (TENIR, NOTER) if any(queries.permis(une)[acte] for une in siennes)}
