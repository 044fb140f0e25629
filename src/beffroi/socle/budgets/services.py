"""Dépenser avant d'agir, rendre si l'acte est refusé, oublier ce qui ne compte plus."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from beffroi.socle.budgets import queries, rules
from beffroi.socle.budgets.models import CompteurPartage, Depense
from beffroi.socle.budgets.rules import Budget
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.verrous import verrou_nomme

VERROU_DES_DEPENSES = 0x4255444745  # « BUDGE »
VIE_D_UNE_DEPENSE = rules.PENDANT_SUR_LE_DISQUE  # rien ne compte plus longtemps


class BudgetEpuise(RegleEnfreinte):
    """Ce n'est pas la personne : trop ont fait comme elle."""


@transaction.atomic
def depenser(*, budget: Budget, qui: str, maintenant: datetime, octets: int = 0) -> Depense:
    """Compte un acte d'une personne sans compte, ou le refuse.

    Avant l'acte, et validé avant lui : mille envois du même instant ne passent pas à mille. Le
    verrou ne dure que le temps de compter.
    """
    verrou_nomme(VERROU_DES_DEPENSES)
    deja = queries.depenses(budget, qui=qui, le=maintenant)
    decision = rules.peut_agir(budget, deja, octets=octets)
    if not decision.favorable:
        raise BudgetEpuise(decision.motifs[0].texte, motifs=decision.motifs)
    return Depense.objects.create(
        acte=budget.acte, qui=qui, lignes=budget.lignes, octets=octets, le=maintenant
    )


def rendre(depense: Depense) -> None:
    """L'acte n'a pas eu lieu : une saisie à corriger ne coûte rien."""
    Depense.objects.filter(pk=depense.pk).delete()


def compter_s_il_est_absent(
    *, cle: str, valeur: str, pendant: timedelta, maintenant: datetime
) -> bool:
    """Vrai pour un seul, si tous le demandent au même instant."""
    ligne = {"valeur": valeur, "jusqu_a": maintenant + pendant}
    if CompteurPartage.objects.filter(cle=cle, jusqu_a__lte=maintenant).update(**ligne):
        return True
    # Pas `get_or_create` : qui tient la ligne peut l'effacer avant qu'il ne la relise.
    try:
        with transaction.atomic():
            CompteurPartage.objects.create(cle=cle, **ligne)
    except IntegrityError:
        return False
    return True


def compter(*, cle: str, valeur: str, pendant: timedelta, maintenant: datetime) -> None:
    ligne = CompteurPartage(cle=cle, valeur=valeur, jusqu_a=maintenant + pendant)
    CompteurPartage.objects.bulk_create(
        [ligne],
        update_conflicts=True,
        unique_fields=["cle"],
        update_fields=["valeur", "jusqu_a"],
    )


def ne_plus_compter(*, cle: str) -> bool:
    return bool(CompteurPartage.objects.filter(cle=cle).delete()[0])


def tout_decompter() -> None:
    CompteurPartage.objects.all().delete()


@transaction.atomic
def oublier(*, le: datetime) -> int:
    """Efface ce qui ne compte plus."""
    CompteurPartage.objects.filter(jusqu_a__lte=le).delete()
    return Depense.objects.filter(le__lte=le - VIE_D_UNE_DEPENSE).delete()[0]
