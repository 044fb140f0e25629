"""Les ports : ce qu'un contexte attend de qui est au-dessus de lui, ou dehors, sans l'importer."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.socle import prises


class PortEnDouble(RuntimeError):
    """Deux contextes rendent le même service : on ne saurait lequel appeler."""


def branche(port: str) -> Any:
    """Qui rend ce service : l'adaptateur que `config` a choisi dehors, sinon le contexte qui l'offre."""
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
