"""Combien d'exemples tire un test à qui chacun coûte cher :
tous dans la série longue, un quart chaque jour.

Le hasard n'est jamais deux fois le même : quatre jours en tirent autant qu'une nuit.
"""

import os

UN_JOUR_SUR = 4


def exemples(dans_la_longue: int) -> int:
    if os.environ.get("BEFFROI_SERIE") == "longue":
        return dans_la_longue
    return max(1, dans_la_longue // UN_JOUR_SUR)
