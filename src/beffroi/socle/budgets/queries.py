"""Ce qui a déjà été fait, et compte encore."""

from datetime import datetime

from django.db.models import Count, Q, Sum

from beffroi.socle.budgets.models import CompteurPartage, Depense
from beffroi.socle.budgets.rules import (
    PENDANT_AU_REGISTRE,
    PENDANT_SUR_LE_DISQUE,
    Budget,
    Depenses,
)


def depenses(budget: Budget, *, qui: str, le: datetime) -> Depenses:
    """La même pour tous les processus et tous les nœuds : elle se lit dans la base."""
    de_l_acte = Depense.objects.filter(acte=budget.acte, le__gt=le - budget.pendant).aggregate(
        en_tout=Count("pk"), d_ici=Count("pk", filter=Q(qui=qui))
    )
    return Depenses(
        **de_l_acte,
        au_registre=_somme("lignes", depuis=le - PENDANT_AU_REGISTRE),
        sur_le_disque=_somme("octets", depuis=le - PENDANT_SUR_LE_DISQUE),
    )


def _somme(quoi: str, *, depuis: datetime) -> int:
    """De tous les actes : le registre et le disque sont à tous."""
    somme: int | None = Depense.objects.filter(le__gt=depuis).aggregate(somme=Sum(quoi))["somme"]
    return somme or 0


def compteur(cle: str, *, le: datetime) -> str | None:
    """Ce qui est compté là, tant que cela compte."""
    vivants = CompteurPartage.objects.filter(cle=cle, jusqu_a__gt=le)
    return vivants.values_list("valeur", flat=True).first()
