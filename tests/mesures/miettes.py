"""Quand le ramasse-miettes passe.

Ce que la collecte charge vit autant que la série : modules, essais, décors. Il le relirait tout,
palier après palier : la moitié du temps de la collecte, un dixième de celui des essais. Il attend
donc, et passe de temps en temps sur ce qui est né depuis.
"""

import gc
from collections.abc import Iterator
from typing import Any

import pytest

# Au-delà, les miettes d'un long fichier pèseraient plus que le temps gagné.
ESSAIS_ENTRE_DEUX_PASSAGES = 100


class Miettes:
    """Un passage tous les cent essais ; à la fin d'un fichier, ce qui reste ne se relit plus."""

    def __init__(self) -> None:
        self.depuis = 0

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Iterator[Any]:
        gc.disable()
        try:
            return (yield)
        finally:
            gc.freeze()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> Iterator[Any]:
        joue = yield
        self.depuis += 1
        fini = nextitem is None or nextitem.path != item.path
        if fini or self.depuis >= ESSAIS_ENTRE_DEUX_PASSAGES:
            self.depuis = 0
            gc.collect()
        if fini:
            gc.freeze()
        return joue
