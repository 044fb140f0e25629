"""Des actes joués au même instant, chacun dans son fil :
ce que le verrou laisse passer, et ce que l'autre apprend.
"""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from beffroi.socle.fondations.erreurs import ErreurMetier


def sauter_sans_verrou_de_ligne() -> None:
    if connection.vendor == "sqlite":
        pytest.skip(
            "SQLite n'a qu'un écrivain à la fois : "
            "les tests des services y éprouvent l'écran périmé"
        )


def ensemble(*actes: Callable[[], Any]) -> list[Any]:
    """Chaque acte dans son fil, tous lâchés d'un coup ; rend ce que chacun a rendu ou levé."""
    depart, rendus = threading.Barrier(len(actes)), []

    def jouer(acte: Callable[[], Any]) -> None:
        try:
            depart.wait(timeout=20)
            rendus.append(acte())
        except ErreurMetier as refus:
            rendus.append(refus)
        finally:
            connection.close()

    fils = [threading.Thread(target=jouer, args=(acte,)) for acte in actes]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return rendus


def sortes(rendus: list[Any]) -> list[str]:
    return sorted(type(rendu).__name__ for rendu in rendus)
