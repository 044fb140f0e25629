"""Ce qui reste dû, et ce qui l'est en retard : ce que lisent les écrans, et ceux qui relancent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import (
    DecimalField,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from beffroi.centre.contributions.documents import numero_d_appel
from beffroi.centre.contributions.models import Avoir, Contribution
from beffroi.centre.recettes.models import Paiement, TitreDeRecette
from beffroi.centre.recettes.rules.soldes import RIEN, Solde, jours_de_retard
from beffroi.centre.tarif.rules.dates import JOURS_POUR_PAYER, echeance
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_une_fois
from formats.dates import PARIS

EUROS = DecimalField(max_digits=14, decimal_places=2)
UN_SOUFFLE = Decimal("0.001")


@dataclass(frozen=True)
class Impaye:
    """Un appel reçu, échu, dont il reste à payer.

    Sans titre, le logiciel financier n'en a pas encore donné.
    """

    contribution: Contribution
    titre: TitreDeRecette | None
    echeance: date
    reste: Decimal
    jours_de_retard: int


def avec_recettes(contributions: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Leurs avoirs, leurs titres et leurs paiements,
    en trois lectures de plus, quel que soit leur nombre.
    """
    paiements = Prefetch("titres__paiements", queryset=Paiement.objects.order_by("recu_le", "pk"))
    return contributions.select_related("exercice", "adherent").prefetch_related(
        "avoirs", "titres", paiements
    )


def emises() -> QuerySet[Contribution]:
    """Les appels qui demandent quelque chose, sans ce que le calcul a de lourd."""
    payantes = Contribution.objects.filter(emise_le__isnull=False, montant__gt=0)
    return avec_recettes(
        payantes.defer("consultations", "motifs", "motifs_de_l_effectif", "anomalies")
    )


def titre_en_cours(contribution: Contribution) -> TitreDeRecette | None:
    return next((titre for titre in contribution.titres.all() if titre.annule_le is None), None)


def paiements_de(contribution: Contribution) -> list[Paiement]:
    """Tous ses paiements, par date, ceux qu'on a contre-passés compris."""
    siens = [paiement for titre in contribution.titres.all() for paiement in titre.paiements.all()]
    return sorted(siens, key=lambda paiement: (paiement.recu_le, paiement.pk))


def solde(contribution: Contribution, *, le: date) -> Solde:
    """Appelé, rendu et payé ce jour-là. Un appel qui n'est pas émis ne demande rien."""
    if contribution.emise_le is None or contribution.emise_le.astimezone(PARIS).date() > le:
        return Solde()
    avoirs = (
        avoir.montant
        for avoir in contribution.avoirs.all()
        if avoir.accorde_le.astimezone(PARIS).date() <= le
    )
    payes = (paiement.montant for paiement in paiements_de(contribution) if paiement.compte_au(le))
    return Solde(contribution.montant or RIEN, sum(avoirs, RIEN), sum(payes, RIEN))


def reste_du(contribution: Contribution, *, le: date) -> Decimal:
    """Ce qu'il reste à payer d'une contribution ce jour-là, avoirs déduits ; jamais négatif."""
    return solde(contribution, le=le).reste


def reste_du_titre(titre: TitreDeRecette) -> Decimal:
    """Ce que le titre demande encore ; rien, s'il garde un trop-perçu.

    Ce qui y est noté compte, quel que soit le jour de l'encaissement.
    """
    paye = sum(
        (paiement.montant for paiement in titre.paiements.all() if paiement.contrepasse_le is None),
        RIEN,
    )
    return max(RIEN, titre.montant - paye)


def a_eclaircir(contribution: Contribution) -> str:
    """Pourquoi cette somme ne se réclame pas encore ; vide si rien n'empêche."""
    if titre_en_cours(contribution) is None:
        return (
            "Son titre de recette n'est pas noté : sans titre, rien ne s'exige. Notez-le d'abord."
        )
    cites = Paiement.objects.filter(
        titre=None, contrepasse_le=None, libelle__icontains=numero_d_appel(contribution)
    )
    return (
        "Un encaissement à rapprocher cite cet appel. Rapprochez-le d'abord."
        if cites.exists()
        else ""
    )


def echeance_de(contribution: Contribution) -> date | None:
    """Le dernier jour pour payer ; aucun tant que la réception n'est pas notée."""
    return echeance(contribution.recue_le) if contribution.recue_le else None


@lu_une_fois
def impayes(*, le: date) -> list[Impaye]:
    """Les appels échus avant ce jour dont il reste à payer, le plus ancien d'abord."""
    return list(_impayes(echus_a_payer(le), le=le))


def echus_a_payer(le: date) -> QuerySet[Contribution]:
    """Ce que la base en sait (`a_payer`)."""
    return _echus_a_payer(le, lendemain_de(le))


@prete
def _echus_a_payer(le: date, lendemain: datetime) -> QuerySet[Contribution]:
    return _a_payer(echus(le=le), le, lendemain)


def incompletes_a_payer(le: date) -> QuerySet[Contribution]:
    """À payer, et sans titre ou sans date de réception."""
    return _incompletes(le, lendemain_de(le))


@prete
def _incompletes(le: date, lendemain: datetime) -> QuerySet[Contribution]:
    en_cours = TitreDeRecette.objects.filter(contribution=OuterRef("pk"), annule_le=None)
    return _a_payer(emises(), le, lendemain).filter(Q(recue_le=None) | ~Exists(en_cours))


def echus(*, le: date) -> QuerySet[Contribution]:
    recus = emises().filter(recue_le__lt=le - timedelta(days=JOURS_POUR_PAYER))
    return recus.order_by("recue_le", "nom", "pk")


def a_payer(contributions: QuerySet[Contribution], *, le: date) -> QuerySet[Contribution]:
    """Celles que leurs avoirs et leurs paiements ne couvrent pas ce jour-là.

    La base compte à un souffle près : `reste_du` a le dernier mot, au centime.
    """
    return _a_payer(contributions, le, lendemain_de(le))


def lendemain_de(jour: date) -> datetime:
    """L'instant où ce jour finit, à Paris."""
    return datetime.combine(jour + timedelta(days=1), time(), PARIS)


def _a_payer(
    contributions: QuerySet[Contribution], le: date, lendemain: datetime
) -> QuerySet[Contribution]:
    avoirs = Avoir.objects.filter(contribution=OuterRef("pk"), accorde_le__lt=lendemain)
    paiements = Paiement.objects.filter(
        Q(contrepasse_le=None) | Q(contrepasse_le__gt=le),
        titre__contribution=OuterRef("pk"),
        recu_le__lte=le,
    )
    rendu, paye = _somme(avoirs, "contribution"), _somme(paiements, "titre__contribution")
    return contributions.filter(emise_le__lt=lendemain, montant__gt=rendu + paye + UN_SOUFFLE)


def _somme(lignes: QuerySet[Any], de: str) -> Combinable:
    par_contribution = lignes.order_by().values(de).annotate(somme=Sum("montant"))
    return Coalesce(Subquery(par_contribution.values("somme")), Value(RIEN), output_field=EUROS)


def _impayes(contributions: Iterable[Contribution], *, le: date) -> Iterable[Impaye]:
    for contribution in contributions:
        due, reste = echeance_de(contribution), reste_du(contribution, le=le)
        if due and reste:
            retard = jours_de_retard(due, le=le)
            yield Impaye(contribution, titre_en_cours(contribution), due, reste, retard)
