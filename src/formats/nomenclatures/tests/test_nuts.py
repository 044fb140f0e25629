"""Le département d'un lieu :
ce que l'avis européen demande et que personne n'a besoin de chercher.
"""

import pytest

from formats.nomenclatures import nuts


@pytest.mark.parametrize(
    ("code", "departement"),
    [
        ("62153", "Pas-de-Calais"),
        ("01000", "Ain"),
        ("2A004", "Corse-du-Sud"),
        ("2B033", "Haute-Corse"),
        ("97411", "La Réunion"),
        ("95000", "Val-d’Oise"),
    ],
)
def test_un_code_de_commune_ou_un_code_postal_dit_son_departement(code, departement):
    assert nuts.departements()[nuts.du_code(code)] == departement


@pytest.mark.parametrize("code", ["", "62", "20000", "98800", "621530"])
def test_un_code_qui_ne_suffit_pas_ne_dit_rien(code):
    assert nuts.du_code(code) == ""


def test_chaque_departement_a_un_numero_et_un_seul():
    numeros = [nuts.du_code(f"{numero}00000"[:5]) for numero in nuts._table()["numeros"]]

    assert sorted(numeros) == sorted(nuts.departements())


def test_un_departement_se_choisit_sous_sa_region():
    assert dict(nuts.par_region())["Hauts-de-France"] == [
        ("FRE21", "Aisne"),
        ("FRE11", "Nord"),
        ("FRE22", "Oise"),
        ("FRE12", "Pas-de-Calais"),
        ("FRE23", "Somme"),
    ]
