"""Attendre un état, jamais une durée : ce qui n'arrive pas se dit."""

import time
from collections.abc import Callable

PAS_S = 0.02


def attendre(fait: Callable[[], object], *, delai_s: float = 30, pas_s: float = PAS_S) -> None:
    fin = time.monotonic() + delai_s
    while not fait():
        assert time.monotonic() < fin, f"toujours pas fait après {delai_s} s"
        time.sleep(pas_s)
