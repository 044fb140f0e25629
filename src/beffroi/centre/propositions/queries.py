"""Ce que les contextes et les écrans lisent des propositions."""

from django.db.models import QuerySet

from beffroi.centre.propositions.models import Proposition
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete


@prete
def _ouvertes() -> QuerySet[Proposition]:
    return Proposition.objects.filter(issue="").select_related("proposee_par")


def ouvertes() -> QuerySet[Proposition]:
    """Celles qui attendent la seconde personne, la plus ancienne d'abord."""
    return _ouvertes()


def tranchees() -> QuerySet[Proposition]:
    """Celles dont quelqu'un a décidé, la dernière d'abord."""
    siennes = Proposition.objects.exclude(issue="")
    return siennes.select_related("proposee_par", "tranchee_par").order_by("-tranchee_le", "-pk")


@prete
def _sur(sujet: str) -> QuerySet[Proposition]:
    return Proposition.objects.filter(sujet=sujet, issue="").select_related("proposee_par")


def sur(sujet: str) -> dict[str, Proposition]:
    """Les propositions ouvertes sur cet objet, par acte."""
    return {proposition.acte: proposition for proposition in _sur(sujet)}


def sujets_proposes() -> set[str]:
    """Ce sur quoi quelque chose attend la seconde personne, pour une liste : une seule lecture."""
    return {proposition.sujet for proposition in _ouvertes()}


def proposition_ouverte(reference: str) -> Proposition:
    trouvee = ouvertes().filter(reference=reference).first()
    if trouvee is None:
        raise Introuvable()
    return trouvee
