"""Composer une fois le SQL d'une lecture, et le faire repartir avec d'autres valeurs.

    @prete
    def pieces_en_vigueur(consultation: Consultation) -> QuerySet[PieceDce]:
        return consultation.pieces.filter(retiree_le=None)

Le premier appel de chaque forme (`formes`) compose la requête sur des témoins, la compile, et
retient où vont les valeurs (`envois`) ; les suivants n'ont plus qu'à les y mettre. Ce qui ne se
prête pas se compose comme avant.

`settings.REQUETES_VERIFIEES` : autant de fois par forme, et par texte qu'elle reçoit, un usage
compare ce qui part à la requête ordinaire, et échoue à la moindre différence ; une fonction qui ne
se prête pas échoue aussi.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import partial, wraps
from typing import Any, cast

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import get_current_timezone, get_default_timezone

from beffroi.socle.fondations.requetes.formes import NeSePretePas, decrire
from beffroi.socle.fondations.requetes.plans import Composer, Plan
from beffroi.socle.fondations.requetes.requete import RequeteChangee, RequetePrete

__all__ = ["NeSePretePas", "RequeteChangee", "RequetePrete", "la_premiere", "prete"]

PLANS_AU_PLUS = 1000


class Plans:
    """Un par fonction et par forme, rien pour ce qui se refuse ; au-delà de `PLANS_AU_PLUS`, ceux
    qui n'ont plus servi depuis le plus longtemps s'oublient.
    """

    def __init__(self) -> None:
        self._verrou = threading.Lock()
        self._plans: OrderedDict[Hashable, Plan | None] = OrderedDict()

    def de(
        self, fonction: Composer, forme: Hashable, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Plan | None:
        cle = (fonction, forme)
        with self._verrou:
            connu = self._plans.get(cle)
            if connu or (cle in self._plans and not settings.REQUETES_VERIFIEES):
                self._plans.move_to_end(cle)
                return connu
        plan = self._composer(fonction, args, kwargs)
        with self._verrou:
            self._plans[cle] = plan
            while len(self._plans) > PLANS_AU_PLUS:
                self._plans.popitem(last=False)
        return plan

    def _composer(
        self, fonction: Composer, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Plan | None:
        try:
            return Plan(fonction, args, kwargs)
        except Exception:  # la requête ordinaire dira ce qu'il en est
            if settings.REQUETES_VERIFIEES:
                raise
            return None


_plans = Plans()


def prete[Fonction: Callable[..., QuerySet[Any]]](fonction: Fonction) -> Fonction:
    """La requête que rend cette fonction se compose une fois par forme de ses arguments."""

    @wraps(fonction)
    def preparer(*args: Any, **kwargs: Any) -> QuerySet[Any]:
        try:
            forme, valeurs = decrire(args, kwargs)
        except NeSePretePas:
            return fonction(*args, **kwargs)
        plan = _plans.de(fonction, forme, args, kwargs) if _au_fuseau_du_service() else None
        arguments = (*args, *kwargs.values())
        if plan is None or plan.tenue(arguments):
            return fonction(*args, **kwargs)
        requete = RequetePrete(plan, valeurs, partial(fonction, *args, **kwargs))
        return plan.refaire(requete, arguments)

    return cast(Fonction, preparer)


def la_premiere[Ligne](requete: QuerySet[Any, Ligne]) -> Ligne | None:
    """Sa première ligne, dans l'ordre et la tranche que la requête dit déjà.

    `first()` prendrait une tranche, et composerait.
    """
    return next(iter(requete), None)


def _au_fuseau_du_service() -> bool:
    """Un jour, une heure : leur SQL nomme le fuseau."""
    return get_current_timezone() is get_default_timezone()
