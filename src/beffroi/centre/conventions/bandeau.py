"""Le bandeau de la convention, sur chaque page de qui sert un adhérent."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from beffroi.centre.conventions.models import Convention, Denonciation
from beffroi.centre.conventions.permissions import ACTES
from beffroi.centre.conventions.rules.bandeau import Situation, bandeau
from beffroi.centre.conventions.states import Etat
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.socle.fondations.bandeaux import Bandeau
from beffroi.socle.fondations.requetes import prete
from formats.dates import PARIS


def ou_en_est_la_convention(
    habilitations: Iterable[Habilitation], *, le: datetime
) -> Iterator[Bandeau]:
    """De chaque organisme qu'elle sert ; l'organisme hors convention n'en a pas."""
    chez = {
        une.organisme_id: une
        for une in habilitations
        if not est_du_centre(une) and permet(une, "lire_notre_convention", ACTES)
    }
    if not chez:
        return
    for organisme, convention in _celles_qui_comptent([*chez]).items():
        dit = bandeau(_situation(convention), le=le.astimezone(PARIS).date())
        if dit is not None:
            siret = chez[organisme].organisme.siret
            yield Bandeau(
                *dit,
                chez=chez[organisme].organisme.nom,
                url=reverse("conventions:la_notre", args=(siret,)),
                geste="Lire la convention",
            )


def _celles_qui_comptent(organismes: list[int]) -> dict[int, Convention]:
    """De chacun, celle qui vit ; à défaut, la dernière qui a pris effet."""
    retenues: dict[int, Convention] = {}
    for convention in _les_leurs(organismes):
        organisme = convention.adherent.organisme_id
        assert organisme is not None
        if organisme not in retenues or convention.etat != Etat.CLOSE:
            retenues[organisme] = convention
    return retenues


@prete
def _les_leurs(organismes: list[int]) -> QuerySet[Convention]:
    finie_par = Denonciation.objects.filter(convention=OuterRef("pk"), annulee_le=None)
    activees = Convention.objects.filter(
        adherent__organisme__in=organismes, activee_le__isnull=False
    )
    return (
        activees.annotate(fini_par=Subquery(finie_par.values("par")[:1]))
        .select_related("adherent")
        .order_by("-prise_d_effet", "-pk")
    )


def _situation(convention: Convention) -> Situation:
    assert convention.activee_le is not None
    activee = convention.activee_le.astimezone(PARIS).date()
    return Situation(
        court=convention.court,
        debut=max(convention.prise_d_effet or activee, activee),
        terme=convention.terme,
        fin=convention.fin,
        fini_par=convention.fini_par or "",  # type: ignore[attr-defined]
    )
