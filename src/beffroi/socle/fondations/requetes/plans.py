"""Ce qui se retient d'une forme : sa requête, composée une fois, et de quoi la refaire partir."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from contextvars import Context
from functools import cached_property
from typing import Any, cast

from django.db import connections
from django.db.models import QuerySet, sql

from beffroi.socle.fondations.requetes import suites
from beffroi.socle.fondations.requetes.compilees import Compilee
from beffroi.socle.fondations.requetes.envois import envoi_de, sql_de
from beffroi.socle.fondations.requetes.formes import NeSePretePas, decrire, temoins

# Ce que les lecteurs de Django demandent à la requête, et qui ne dépend d'aucune valeur.
LUS = ("selected", "extra_select", "values_select", "annotation_select")
Composer = Callable[..., QuerySet[Any]]


class Plan:
    """La requête d'une forme, composée deux fois, sur des témoins."""

    def __init__(self, fonction: Composer, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
        self._fonction = fonction
        appels = [temoins(args, kwargs, montants=montants) for montants in (True, False)]
        self._appels = appels
        requetes = self._composer()
        self.modele = cast(Any, requetes[0])
        self.base: str = self.modele.db
        self.lignes = self._compiler([requete.query for requete in requetes])
        suites.exiger_fixes(*requetes, base=self.base)
        self.lus = {nom: getattr(requetes[0].query, nom) for nom in LUS}
        self.modele._query = None
        self._arguments = [*appels[0][0], *appels[0][1].values()]
        self._connues = {
            champ: self._origine(tenues)
            for champ, tenues in self.modele._known_related_objects.items()
        }

    @cached_property
    def existence(self) -> Compilee:
        """Si elle trouverait une ligne."""
        return self._compiler([requete.query.exists() for requete in self._composer()])

    def _composer(self) -> list[QuerySet[Any]]:
        return [_a_part(_composee, self._fonction, *appel) for appel in self._appels]

    def _compiler(self, requetes: list[sql.Query]) -> Compilee:
        compilateurs = [requete.get_compiler(using=self.base) for requete in requetes]
        composes = [_a_part(sql_de, compilateur) for compilateur in compilateurs]
        valeurs = [decrire(*appel)[1] for appel in self._appels]
        envoi = envoi_de(composes, valeurs, connections[self.base].ops)
        return Compilee(compilateurs[0], envoi)

    def _origine(self, tenues: dict[Any, Any]) -> int:
        """L'argument dont on part (`une.lignes`), que chaque ligne lue tient déjà."""
        for rang, arg in enumerate(self._arguments):
            if any(tenue is arg for tenue in tenues.values()) and list(tenues) == [arg.pk]:
                return rang
        raise NeSePretePas("ce que les lignes tiennent n'est pas un argument")

    def tenue(self, arguments: Sequence[Any]) -> bool:
        """La ligne dont on part tient déjà ce qui se lirait : cela ne se relit pas."""
        for temoin, argument in zip(self._arguments, arguments, strict=True):
            if temoin is self.modele._hints.get("instance"):
                tenues = set(getattr(argument, "_prefetched_objects_cache", ()))
                lues = {champ.remote_field.cache_name for champ in self._connues}
                return bool(tenues & lues if lues else tenues)
        return False

    def refaire(self, requete: Any, arguments: Sequence[Any]) -> QuerySet[Any]:
        """Un QuerySet neuf, de la même sorte, qui lira par cette requête."""
        neuf: Any = object.__new__(type(self.modele))
        neuf.__dict__.update(self.modele.__dict__)
        neuf._query = requete
        neuf._prefetch_related_lookups = suites.neuves(self.modele)
        neuf._hints = {nom: self._sien(indice, arguments) for nom, indice in neuf._hints.items()}
        neuf._known_related_objects = {
            champ: {arguments[rang].pk: arguments[rang]} for champ, rang in self._connues.items()
        }
        return cast(QuerySet[Any], neuf)

    def _sien(self, indice: Any, arguments: Sequence[Any]) -> Any:
        for temoin, argument in zip(self._arguments, arguments, strict=True):
            if temoin is indice:
                return argument
        return indice


def _composee(fonction: Composer, args: Sequence[Any], kwargs: dict[str, Any]) -> QuerySet[Any]:
    requete = fonction(*args, **kwargs)
    if not isinstance(requete, QuerySet):
        raise NeSePretePas("ce n'est pas une requête")
    if requete.query.select_for_update:
        raise NeSePretePas("un verrou se prend dans un acte")
    return requete


def _a_part[Rendu](fonction: Callable[..., Rendu], *args: Any) -> Rendu:
    """Hors de la demande en cours : une requête qui dépendrait de l'organisme où l'on agit, de
    l'heure arrêtée, de ce qui est déjà lu ou de la base la retiendrait pour toutes les autres.
    """
    with ExitStack() as pile:
        for connexion in connections.all():
            # SQLite se le demande à lui-même, une fois par connexion : avant, plutôt que pendant.
            _ = connexion.features.supports_json_field
            pile.enter_context(connexion.execute_wrapper(_refuser))
        return Context().run(fonction, *args)


def _refuser(*_: Any) -> None:
    raise NeSePretePas("composer cette requête lit la base")
