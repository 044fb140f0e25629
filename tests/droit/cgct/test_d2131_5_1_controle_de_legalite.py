"""CGCT, art. D. 2131-5-1 : le montant à partir duquel un marché est transmis au préfet. Celui de 2026 n'a pas été lu."""

from datetime import date

import pytest

from droit.en_vigueur import Droit, DroitInconnu
from tests.droit.bornes import INCONNUE, bascule

pytestmark = pytest.mark.article("CGCT", "D. 2131-5-1")

CLE = "seuil.controle_de_legalite"


def test_il_etait_de_215_000_euros_en_2022_et_2023():
    assert bascule("seuil.controle_de_legalite", date(2022, 1, 1)) == (INCONNUE, 215_000)
    assert bascule("seuil.controle_de_legalite", date(2024, 1, 1)) == (215_000, INCONNUE)


def test_celui_de_2026_est_attendu_et_non_suppose():
    with pytest.raises(DroitInconnu) as inconnu:
        Droit.au(date(2026, 11, 24)).valeur(CLE)

    assert "du 1er janvier 2022 au 31 décembre 2023" in inconnu.value.phrase
    assert "le texte n'a pas été lu" in inconnu.value.phrase
