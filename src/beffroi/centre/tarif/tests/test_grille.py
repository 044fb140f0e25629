"""Une grille trouée, ou qui se chevauche, ne se garde pas, et la phrase dit où."""

from dataclasses import replace
from decimal import Decimal

import pytest

from beffroi.centre.tarif.rules.grille import (
    TrancheTarifaire,
    annexe_1,
    peut_etre_gardee,
    tranche_de,
)


def changee(numero: int, **valeurs) -> list[TrancheTarifaire]:
    return [
        replace(tranche, **valeurs) if tranche.numero == numero else tranche
        for tranche in annexe_1()
    ]


@pytest.mark.parametrize(
    ("tranches", "phrase"),
    [
        (changee(2, de=51), "laissent un trou"),
        (changee(2, de=49), "se chevauchent"),
        (changee(1, de=1), "doit commencer à 0"),
        (changee(5, jusqu_a=9_999), "laissez sa fin vide"),
        (changee(3, jusqu_a=None), "n'a pas de fin"),
        (changee(4, montant=Decimal(-1)), "est négatif"),
        (changee(2, jusqu_a=40), "avant de commencer"),
        ([], "aucune tranche"),
    ],
)
def test_une_grille_fausse_est_refusee_et_dite(tranches, phrase):
    decision = peut_etre_gardee(tranches)

    assert not decision.favorable
    assert any(phrase in motif.texte for motif in decision.motifs)


def test_l_annexe_1_se_lit_comme_elle_est_ecrite():
    assert [str(tranche) for tranche in annexe_1()] == [
        "de 0 à 49 consultations",
        "de 50 à 150 consultations",
        "de 151 à 250 consultations",
        "de 251 à 350 consultations",
        "351 consultations et plus",
    ]


def test_un_volume_hors_de_la_grille_leve():
    with pytest.raises(ValueError, match="aucune tranche"):
        tranche_de(-1, annexe_1())
