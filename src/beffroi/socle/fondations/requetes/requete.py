"""Ce qui tient, dans un QuerySet, la place de la requête de Django."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from beffroi.socle.fondations.requetes.compilees import Compilee
from beffroi.socle.fondations.requetes.envois import Compose, memes, sql_de
from beffroi.socle.fondations.requetes.formes import NeSePretePas
from beffroi.socle.fondations.requetes.plans import Plan


class RequeteChangee(AssertionError):
    """La requête préparée n'est pas celle que la fonction compose."""


class RequetePrete:
    """Lire et demander s'il y a de quoi partent du SQL déjà composé.

    Tout autre usage (filtrer plus loin, compter, prendre une tranche, joindre à une autre) compose
    la requête ordinaire, comme si rien n'était préparé.
    """

    def __init__(
        self, plan: Plan, valeurs: Sequence[Any], composer: Callable[[], QuerySet[Any]]
    ) -> None:
        self._plan, self._valeurs, self._composer = plan, valeurs, composer

    @cached_property
    def ordinaire(self) -> Any:
        """Celle que la fonction compose de ces arguments."""
        return self._composer().query

    def __getattr__(self, nom: str) -> Any:
        lus = self._plan.lus
        return lus[nom] if nom in lus else getattr(self.ordinaire, nom)

    def get_compiler(
        self, using: str | None = None, connection: Any = None, elide_empty: bool = True
    ) -> SQLCompiler:
        if using == self._plan.base and not connection and elide_empty:
            with suppress(NeSePretePas):
                lignes = self._plan.lignes
                return self._pour(lignes, using, lambda: self.ordinaire.get_compiler(using))
        return cast(SQLCompiler, self.ordinaire.get_compiler(using, connection, elide_empty))

    def has_results(self, using: str) -> bool:
        return self._existence(using).has_results()

    def existence(self, base: str) -> Compose | None:
        """Le SQL de la question, pour qui en pose plusieurs d'un coup."""
        return sql_de(self._existence(base))

    def _existence(self, base: str) -> SQLCompiler:
        if base == self._plan.base:
            with suppress(NeSePretePas):
                existence = self._plan.existence
                return self._pour(
                    existence, base, lambda: self.ordinaire.exists().get_compiler(base)
                )
        return cast(SQLCompiler, self.ordinaire.exists().get_compiler(base))

    def _pour(
        self, compilee: Compilee, base: str, ordinaire: Callable[[], SQLCompiler]
    ) -> SQLCompiler:
        """Dans les essais, ce qui va partir est ce que Django composerait."""
        pret = compilee.pour(self._valeurs, base)
        if compilee.a_comparer(self._valeurs, fois=settings.REQUETES_VERIFIEES):
            preparee, attendue = sql_de(pret), sql_de(ordinaire())
            if not _les_memes(preparee, attendue):
                raise RequeteChangee(f"préparée : {preparee}\nordinaire : {attendue}")
        return pret


def _les_memes(une: Compose | None, autre: Compose | None) -> bool:
    if une is None or autre is None:
        return une is autre
    return (
        une[0] == autre[0]
        and len(une[1]) == len(autre[1])
        and all(memes(*valeurs) for valeurs in zip(une[1], autre[1], strict=True))
    )
