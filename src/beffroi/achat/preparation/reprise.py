"""Ce que les écrans disent d'une consultation refaite :
d'où elle vient, ce qui reste à confirmer, ce que la loi a changé.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from beffroi.achat.consultations import queries as consultations
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.preparation import queries
from beffroi.achat.preparation.models import Preparation
from beffroi.achat.preparation.questionnaire import ECRANS
from beffroi.achat.preparation.rules.reprise import ChangementDeLaLoi, ce_que_la_loi_a_change
from droit.en_vigueur import Droit
from formats.dates import PARIS

_ECRAN_DE = {ecran.question: ecran for ecran in ECRANS.values()}


@dataclass(frozen=True)
class PageAConfirmer:
    nom: str
    url: str
    tache: str


@dataclass(frozen=True)
class RepriseAffichee:
    """La source, et ce qu'il reste à regarder avant de publier."""

    source: Consultation
    depuis: date
    restantes: Sequence[PageAConfirmer]
    documents: Sequence[str]
    lois: Sequence[ChangementDeLaLoi]
    choix_ecartes: Sequence[str]


def reprise_affichee(
    consultation: Consultation, preparation: Preparation, *, le: datetime
) -> RepriseAffichee | None:
    """Rien pour une consultation qui n'en reprend pas une autre."""
    if not preparation.reprise_de:
        return None
    source = Consultation.toutes.get(reference=preparation.reprise_de)
    empreintes = source.pieces.values_list("sha256", flat=True)
    anciens, actuels = (
        queries.choix_de(queries.preparation_de(source)),
        queries.choix_de(preparation),
    )
    return RepriseAffichee(
        source=source,
        depuis=jour_de_la_source(source, le=le),
        restantes=pages_a_confirmer(consultation, preparation),
        documents=[
            p.intitule
            for p in consultations.pieces_en_vigueur(consultation).filter(sha256__in=empreintes)
        ],
        lois=changements_de_la_loi(source, jour=queries.jour_de_reference(preparation, le), le=le),
        choix_ecartes=[choix.libelle for cle, choix in anciens.items() if cle not in actuels],
    )


def pages_a_confirmer(consultation: Consultation, preparation: Preparation) -> list[PageAConfirmer]:
    """Les pages dont les réponses viennent d'ailleurs et que personne n'a encore gardées ici."""
    return [_page(consultation, page) for page in preparation.a_confirmer]


def a_confirmer(preparation: Preparation, page: str) -> str:
    """La référence dont cette page est reprise ; vide une fois confirmée."""
    return preparation.reprise_de if page in preparation.a_confirmer else ""


def jour_de_la_source(source: Consultation, *, le: datetime) -> date:
    """Le jour dont la loi a jugé l'achat d'avant :
    gelé à la publication, sinon celui de ses réponses ; jamais à venir.
    """
    jour = queries.jour_de_reference(queries.preparation_de(source), source.creee_le)
    return min(jour, le.astimezone(PARIS).date())


def changements_de_la_loi(
    source: Consultation, *, jour: date, le: datetime
) -> tuple[ChangementDeLaLoi, ...]:
    return ce_que_la_loi_a_change(Droit.au(jour_de_la_source(source, le=le)), Droit.au(jour))


def _page(consultation: Consultation, page: str) -> PageAConfirmer:
    if page in _ECRAN_DE:
        ecran = _ECRAN_DE[page]
        url = reverse(f"preparation:{ecran.cle}", args=(consultation.reference,))
        return PageAConfirmer(nom=ecran.titre, url=url, tache=ecran.cle)
    numero = int(page.removeprefix("lot-"))
    url = reverse("preparation:lot", args=(consultation.reference, numero))
    return PageAConfirmer(nom=f"Lot {numero}", url=url, tache="lots")
