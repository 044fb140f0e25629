"""Où les coffres des nœuds se joignent, tel qu'un exploitant l'écrit."""

import pytest

from beffroi.socle.fondations.reglages import ReglageIllisible
from config.coffre import coffre as reglages


def test_les_memes_adresses_se_donnent_a_tous_les_noeuds():
    tous = ["10.0.0.1:8701", "[fd00::2]:8701", "noeud-c:9000"]

    assert reglages("10.0.0.1:8701", tous) == {
        "ecoute": ("10.0.0.1", 8701),
        "autres": [("fd00::2", 8701), ("noeud-c", 9000)],
    }
    assert reglages("", []) == {"ecoute": None, "autres": []}


@pytest.mark.parametrize("dite", ["10.0.0.1", ":8701", "10.0.0.1:port", "10.0.0.1:70000"])
def test_une_adresse_illisible_se_dit(dite):
    with pytest.raises(ReglageIllisible, match=r"comme 10\.0\.0\.1:8701"):
        reglages(dite, [])


def test_joindre_les_autres_sans_etre_joint_se_dit():
    with pytest.raises(ReglageIllisible, match="ne joindraient pas le coffre d'ici"):
        reglages("", ["10.0.0.2:8701"])
