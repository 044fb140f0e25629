"""Code du travail, art. D. 8222-5 :
l'acheteur se fait remettre une attestation datée de moins de six mois.
"""

from datetime import date

import pytest

from beffroi.personnes.pieces.rules import est_expiree, fin_selon_l_age
from tests.droit.bornes import CODE, INCONNUE, bascule

pytestmark = pytest.mark.article("CT", "D. 8222-5")
CLE = "candidature.attestation_de_vigilance.age"


def test_l_age_admis_est_de_six_mois():
    assert bascule(CLE, CODE) == (INCONNUE, 6)


def test_le_jour_des_six_mois_elle_ne_date_plus_de_moins_de_six_mois():
    fin = fin_selon_l_age(date(2026, 1, 10), mois=6)

    assert not est_expiree(fin, le=date(2026, 7, 9))
    assert est_expiree(fin, le=date(2026, 7, 10))


def test_un_mois_plus_court_ne_donne_pas_de_jour_en_trop():
    assert fin_selon_l_age(date(2026, 8, 31), mois=6) == date(2027, 2, 27)
