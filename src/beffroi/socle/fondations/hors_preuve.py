"""Ce que le journal ne prouve pas, et qui le dit : une table, une colonne, un objet gardé."""

from typing import NamedTuple


class HorsPreuve(NamedTuple):
    """Pourquoi le journal n'en retient rien, et ce qui s'ensuit si la base est changée là."""

    raison: str
    suite: str
