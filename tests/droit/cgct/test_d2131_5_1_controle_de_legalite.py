"""CGCT, art. D. 2131-5-1 : le montant à partir duquel un marché est transmis au préfet.

Celui de 2026 n'a pas été lu.
"""

from datetime import date
from decimal import Decimal

import pytest

from beffroi.contrat.marches.rules import legalite
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


def test_le_contrat_le_dit_en_une_phrase_sans_la_cle_des_tables():
    due = legalite.transmission_due(
        montant=Decimal(300_000), concession=False, collectivite=True, signature=date(2026, 11, 24)
    )

    assert due.reponse == "a_dire"
    assert "signé le 24 novembre 2026 n'est pas établi" in due.motif.texte
    assert "seuil." not in due.motif.texte
