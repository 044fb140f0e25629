"""Combien d'exemples tire un test à qui chacun coûte cher :
tous dans la série longue, un quart chaque jour.

Le hasard n'est jamais deux fois le même : quatre jours en tirent autant qu'une nuit.
"""

import os

from django.db import connection

UN_JOUR_SUR = 4
SUR_LE_SECOND_MOTEUR = 10


def exemples(dans_la_longue: int) -> int:
    if os.environ.get("BEFFROI_SERIE") == "longue":
        return dans_la_longue
    return max(1, dans_la_longue // UN_JOUR_SUR)


def vies(sur_sqlite: int) -> int:
    """Des vies tirées au hasard par dizaines de milliers se vivent une fois.

    PostgreSQL en rejoue le dixième : ce qui sépare les moteurs s'y voit dès qu'un acte est joué.
    """
    if connection.vendor == "sqlite":
        return sur_sqlite
    return max(1, sur_sqlite // SUR_LE_SECOND_MOTEUR)
