"""Chaque port est branché, et ce qui s'y branche répond à ce qu'il demande :
nul typage ne voit à travers un chemin.
"""

import inspect
from importlib import import_module

import pytest
from django.conf import settings

from beffroi.socle.fondations.ports import Port, Service, offerts
from tests.architecture.arbre import SOURCES, du_produit

# Lus là où ils servent, avant que les applications soient prêtes ou dans un autre processus.
LUS_SUR_PLACE = {"coffre.Coffre", "socle.HeureDeLEcole"}
LE_MECANISME = SOURCES / "beffroi/socle/fondations/ports.py"


def declares():
    for fichier in du_produit():
        if fichier != LE_MECANISME and (
            fichier.name == "ports.py" or "\n@port(" in fichier.read_text("utf-8")
        ):
            module = import_module(".".join(fichier.relative_to(SOURCES).with_suffix("").parts))
            yield from (un for un in vars(module).values() if isinstance(un, Port | Service))


PORTS = sorted((un for un in declares() if isinstance(un, Port)), key=lambda un: un.nom)


def test_tout_port_est_branche_et_rien_d_autre():
    assert {un.nom for un in declares()} | LUS_SUR_PLACE == {*settings.ADAPTATEURS, *offerts()}


@pytest.mark.parametrize("besoin", PORTS, ids=lambda besoin: besoin.nom)
def test_ce_qui_se_branche_accepte_ce_que_le_port_demande(besoin):
    demandes = besoin.signature.parameters.values()
    places = [None for un in demandes if un.kind is un.POSITIONAL_OR_KEYWORD]
    nommes = {un.name: None for un in demandes if un.kind is un.KEYWORD_ONLY}

    inspect.signature(besoin.qui_repond()).bind(*places, **nommes)
