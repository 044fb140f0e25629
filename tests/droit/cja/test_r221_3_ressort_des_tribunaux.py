"""CJA, art. R. 221-3 : « Lille : Nord, Pas-de-Calais » ;
chaque département de métropole a un tribunal, et un seul.
"""

from datetime import date

import pytest

from droit import tribunaux
from droit.en_vigueur import Droit
from tests.droit.bornes import INCONNUE, bascule

pytestmark = pytest.mark.article("CJA", "R. 221-3")

LU_LE = date(2024, 4, 18)
AUJOURD_HUI = Droit.au(date(2026, 11, 24))


@pytest.mark.parametrize("code_postal", ["59000", "62123"])
def test_lille_juge_pour_le_nord_et_le_pas_de_calais(code_postal):
    assert tribunaux.competent(AUJOURD_HUI, code_postal).nom == "tribunal administratif de Lille"


def test_le_nom_d_un_tribunal_s_elide():
    assert tribunaux.competent(AUJOURD_HUI, "80000").nom == "tribunal administratif d’Amiens"


def test_chaque_departement_de_metropole_a_un_tribunal_et_un_seul():
    ressorts = [
        ligne.partition(" : ")[2].split()
        for ligne in AUJOURD_HUI.valeur("tribunaux.ressorts").valeur
    ]
    departements = [departement for ressort in ressorts for departement in ressort]

    assert sorted(departements) == [f"{rang:02}" for rang in range(1, 96)]


def test_hors_de_metropole_ou_sans_code_postal_rien_n_est_suppose():
    assert tribunaux.competent(AUJOURD_HUI, "97400") is None
    assert tribunaux.competent(AUJOURD_HUI, "") is None
    assert tribunaux.competent(Droit.au(date(2020, 1, 1)), "59000") is None


def test_seul_le_greffe_lu_est_donne():
    assert "03 59 54 23 42" in tribunaux.competent(AUJOURD_HUI, "59000").greffe
    assert tribunaux.competent(AUJOURD_HUI, "80000").greffe == ""


@pytest.mark.parametrize("cle", ["tribunaux.ressorts", "tribunaux.greffes"])
def test_la_table_ne_sait_rien_avant_sa_lecture(cle):
    avant, apres = bascule(cle, LU_LE)

    assert avant == INCONNUE and apres != INCONNUE
