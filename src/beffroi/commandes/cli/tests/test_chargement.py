"""Charger le logiciel ne retient que lui."""

import gc

from beffroi.commandes.cli.cadre import preparer_django


def test_preparer_une_seconde_commande_ne_retient_rien_de_la_premiere():
    retenus, passait = gc.get_freeze_count(), gc.isenabled()

    preparer_django()

    # Ce qui était retenu peut disparaître ; rien ne s'y ajoute.
    assert gc.get_freeze_count() <= retenus and gc.isenabled() == passait
