"""Compter, dans une vue, ce que fait une personne sans compte.

    with refus_dans(form), sur_le_budget(request, BUDGET, maintenant=le):
        services.demander(…)
        return redirect(…)

Épuisé, le refus revient dans le formulaire : rien de ce qui est tapé n'est perdu.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.http import HttpRequest

from beffroi.socle.budgets import services
from beffroi.socle.budgets.reseau import empreinte, empreinte_du_reseau
from beffroi.socle.budgets.rules import Budget


def est_connue(visiteur: Any) -> bool:
    """Connectée, et d'une adresse prouvée : ouvrir un compte ne coûte rien, et n'ouvre pas plus de
    droits ici.
    """
    return bool(
        visiteur.is_authenticated
        and EmailAddress.objects.filter(user=visiteur, verified=True).exists()
    )


@contextmanager
def sur_le_budget(
    request: HttpRequest,
    budget: Budget,
    *,
    maintenant: datetime,
    lien: str = "",
    octets: int = 0,
) -> Iterator[None]:
    """L'acte se compte avant, et se rend s'il est refusé. Une personne connue ne compte pas.

    `lien` : ce qui nomme une personne sans compte, quand elle en a reçu un. `octets` : les
    fichiers qu'elle joint.
    """
    if est_connue(request.user):
        yield
        return
    qui = empreinte(lien) if lien else empreinte_du_reseau(request)
    depense = services.depenser(budget=budget, qui=qui, maintenant=maintenant, octets=octets)
    try:
        yield
    except BaseException:
        services.rendre(depense)
        raise
