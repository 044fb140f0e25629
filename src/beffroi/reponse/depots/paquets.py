"""Traiter beaucoup de petits fichiers ensemble :
le stockage répond en même temps, la base en une transaction.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

ENSEMBLE = 8


def quelques_uns_a_la_fois[E, S](travail: Callable[[E], S], elements: Sequence[E]) -> list[S]:
    """Applique un travail de stockage à chacun, dans l'ordre.

    Le travail ne touche pas à la base.
    """
    if len(elements) < 2:
        return [travail(element) for element in elements]
    with ThreadPoolExecutor(ENSEMBLE) as equipe:
        return list(equipe.map(travail, elements))
