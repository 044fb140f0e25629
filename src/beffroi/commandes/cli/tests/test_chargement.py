"""Charger le logiciel ne retient que lui."""

import gc

from beffroi.commandes.cli.cadre import preparer_django


def test_preparer_une_seconde_commande_ne_retient_rien_de_la_premiere():
    retenus = gc.get_freeze_count()

    preparer_django()

    assert gc.get_freeze_count() == retenus and gc.isenabled()
