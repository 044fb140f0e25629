"""Les ports : ce qu'un contexte attend de qui est au-dessus de lui, ou dehors, sans l'importer."""

import inspect
from collections.abc import Callable
from functools import cache, update_wrapper
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.socle.fondations import prises


class PortEnDouble(RuntimeError):
    """Deux contextes rendent le même service : on ne saurait lequel appeler."""


def branche(port: str) -> Any:
    """Qui rend ce service :
    l'adaptateur que `config` a choisi dehors, sinon le contexte qui l'offre.
    """
    dehors = settings.ADAPTATEURS.get(port)
    return import_string(dehors) if dehors else offerts()[port]


@cache
def offerts() -> dict[str, Any]:
    """Ce que chaque contexte offre à ceux d'en dessous (`Prises.ports`)."""
    trouves: dict[str, Any] = {}
    for _, siennes in prises.declarees():
        if doubles := trouves.keys() & siennes.ports.keys():
            raise PortEnDouble(", ".join(sorted(doubles)))
        trouves |= siennes.ports
    return trouves


class Port[**P, R]:
    """Un besoin, et sa signature. L'appeler, c'est appeler qui y est branché."""

    def __init__(self, nom: str, besoin: Callable[P, R]) -> None:
        self.nom = nom
        self.signature = inspect.signature(besoin)
        update_wrapper(self, besoin)

    def qui_repond(self) -> Callable[P, R]:
        repond: Callable[P, R] = branche(self.nom)
        return repond

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        recu = self.signature.bind(*args, **kwargs)
        recu.apply_defaults()
        return self.qui_repond()(*recu.args, **recu.kwargs)


class Service[S]:
    """Plusieurs besoins qui vont ensemble : un objet, ou un module, rendu à qui l'appelle."""

    def __init__(self, nom: str) -> None:
        self.nom = nom

    def __call__(self) -> S:
        rendu: S = branche(self.nom)
        return rendu


def port[**P, R](nom: str) -> Callable[[Callable[P, R]], Port[P, R]]:
    """Fait un port d'une signature sans corps : sa documentation dit le besoin."""

    def declarer(besoin: Callable[P, R]) -> Port[P, R]:
        return Port(nom, besoin)

    return declarer
