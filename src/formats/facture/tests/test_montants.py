"""Les montants d'une facture, au centime :
sur tout l'espace, les lignes font le total, et le total est la somme due.
"""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from formats.facture import Ligne, RegimeDeTva, en_cii, en_ubl, hors_taxe_de
from formats.facture.cii import ESPACES as DU_CII
from formats.facture.tests import exemples
from formats.facture.ubl import ESPACES as DU_UBL

sommes = st.decimals(min_value="0.01", max_value="99999999.99", places=2)
regimes = st.sampled_from(list(RegimeDeTva))
prix = st.lists(
    st.decimals(min_value="0.01", max_value="99999.99", places=2), min_size=1, max_size=8
)


@given(sommes, regimes)
def test_la_somme_due_est_celle_qui_est_appelee(somme, regime):
    facture = exemples.facture(somme, regime)

    assert facture.a_payer == somme
    assert facture.hors_taxe + facture.tva + facture.ajustement == somme
    assert abs(facture.ajustement) <= Decimal("0.01")


@given(prix, regimes, st.integers(min_value=1, max_value=12))
def test_la_somme_des_lignes_est_le_total_dans_les_deux_syntaxes(prix, regime, quantite):
    lignes = tuple(
        Ligne(libelle="Une part", prix=p, quantite=Decimal(quantite), regime=regime) for p in prix
    )
    facture = replace(exemples.facture(), lignes=lignes, du=None)

    attendu = sum(prix) * quantite
    assert facture.hors_taxe == attendu and facture.a_payer == attendu + facture.tva
    for lu in (_ubl(facture), _cii(facture)):
        assert lu == (attendu, attendu, facture.a_payer)


def _ubl(facture):
    racine = etree.fromstring(en_ubl(facture))
    lignes = racine.findall("cac:InvoiceLine/cbc:LineExtensionAmount", DU_UBL)
    totaux = racine.find("cac:LegalMonetaryTotal", DU_UBL)
    return _lu(lignes, totaux, DU_UBL, "cbc:LineExtensionAmount", "cbc:PayableAmount")


def _cii(facture):
    racine = etree.fromstring(en_cii(facture))
    lignes = racine.findall(
        ".//ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount", DU_CII
    )
    totaux = racine.find(".//ram:SpecifiedTradeSettlementHeaderMonetarySummation", DU_CII)
    return _lu(lignes, totaux, DU_CII, "ram:LineTotalAmount", "ram:DuePayableAmount")


def _lu(lignes, totaux, espaces, total, a_payer):
    return (
        sum(Decimal(ligne.text) for ligne in lignes),
        Decimal(totaux.findtext(total, namespaces=espaces)),
        Decimal(totaux.findtext(a_payer, namespaces=espaces)),
    )


def test_a_vingt_pour_cent_une_somme_sur_six_demande_un_centime_d_ajustement():
    ajustees = [
        s
        for s in range(1, 601)
        if exemples.facture(Decimal(s) / 100, RegimeDeTva.ASSUJETTIE).ajustement
    ]

    assert len(ajustees) == 100
    assert hors_taxe_de(Decimal("120.00"), RegimeDeTva.ASSUJETTIE) == Decimal("100.00")


def test_une_somme_due_qui_n_est_pas_celle_des_lignes_est_refusee():
    with pytest.raises(ValueError, match="n'est pas celle des lignes"):
        replace(exemples.facture(), du=Decimal("1753.44"))


def test_une_facture_sans_ligne_ou_a_deux_regimes_n_existe_pas():
    facture = exemples.facture()
    (ligne,) = facture.lignes

    with pytest.raises(ValueError, match="au moins une ligne"):
        replace(facture, lignes=())
    with pytest.raises(ValueError, match="un seul régime"):
        replace(facture, lignes=(ligne, replace(ligne, regime=RegimeDeTva.ASSUJETTIE)))
