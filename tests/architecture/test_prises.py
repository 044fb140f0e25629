"""Ce que chaque contexte branche dans la maison : tout se résout, et chaque ordre est dit en entier."""

import pytest

from beffroi.socle import prises

# Là où l'ordre compte, une prise et une seule commence : l'ordre d'`INSTALLED_APPS` n'en décide pas.
RANGEES = {
    "a_faire": lambda un: un.a_faire,
    "suites": lambda un: un.suites,
    "pieces_a_archiver": lambda un: un.pieces_a_archiver,
    "pieces_hors_consultation": lambda un: un.pieces_hors_consultation,
    "aides": lambda un: un.aides,
}


@pytest.mark.parametrize("sorte", RANGEES)
def test_un_ordre_n_a_qu_un_debut(sorte):
    assert [prise.apres for prise in prises.rangees(RANGEES[sorte])].count("") == 1


def test_un_contexte_qui_declare_des_prises_en_a():
    assert [contexte for contexte, siennes in prises.declarees() if siennes == prises.Prises()] == []
