"""Le bandeau de la convention, sur chaque page de qui sert un adhérent."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Case, OuterRef, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.urls import reverse

from beffroi.centre.conventions.models import Convention, Denonciation
from beffroi.centre.conventions.permissions import ACTES
from beffroi.centre.conventions.rules.bandeau import Situation, bandeau
from beffroi.centre.conventions.states import COURENT, Etat
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.personnes.organismes.queries import lu_avec_les_roles
from beffroi.socle.fondations.bandeaux import Bandeau
from formats.dates import PARIS

LA_LEUR = "convention"


def ou_en_est_la_convention(
    habilitations: Iterable[Habilitation], *, le: datetime
) -> Iterator[Bandeau]:
    """De chaque organisme qu'elle sert ; l'organisme hors convention n'en a pas."""
    for une in habilitations:
        lue = lu_avec_les_roles(une, LA_LEUR)
        if not lue or est_du_centre(une) or not permet(une, "lire_notre_convention", ACTES):
            continue
        dit = bandeau(_situation(lue), le=le.astimezone(PARIS).date())
        if dit is not None:
            yield Bandeau(
                *dit,
                chez=une.organisme.nom,
                url=reverse("conventions:la_notre", args=(une.organisme.siret,)),
                geste="Lire la convention",
            )


def la_leur(organisme: OuterRef) -> Subquery:
    """Celle qui vit ; à défaut, la dernière qui a pris effet. Lue avec les rôles : elle ne coûte
    aucune lecture de plus aux pages d'un agent.
    """
    finie_par = Denonciation.objects.filter(convention=OuterRef("pk"), annulee_le=None)
    siennes = Convention.objects.filter(adherent__organisme=organisme, activee_le__isnull=False)
    morte = Case(When(etat=Etat.CLOSE, then=Value(1)), default=Value(0))
    dite = JSONObject(
        etat="etat",
        activee_le="activee_le",
        prise_d_effet="prise_d_effet",
        terme="terme",
        fin="fin",
        fini_par=Subquery(finie_par.values("par")[:1]),
    )
    return Subquery(siennes.order_by(morte, "-prise_d_effet", "-pk").values(dite=dite)[:1])


def _situation(lue: dict[str, Any]) -> Situation:
    activee = datetime.fromisoformat(lue["activee_le"])
    # SQLite écrit l'heure sans son fuseau ; c'est toujours celle de Greenwich.
    activee = activee if activee.tzinfo else activee.replace(tzinfo=UTC)
    le_jour = activee.astimezone(PARIS).date()
    return Situation(
        court=lue["etat"] in COURENT,
        debut=max(_jour(lue["prise_d_effet"]) or le_jour, le_jour),
        terme=_jour(lue["terme"]),
        fin=_jour(lue["fin"]),
        fini_par=lue["fini_par"] or "",
    )


def _jour(lu: str | None) -> date | None:
    return date.fromisoformat(lu) if lu else None
