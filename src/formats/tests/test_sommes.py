"""Une somme se dit en euros et centimes, ou ne se dit pas."""

from decimal import Decimal

import pytest

from formats import sommes
from formats.sommes import en_euros


@pytest.mark.parametrize(
    ("montant", "dit"),
    [
        ("250", "250 €"),
        ("1753.42", "1 753,42 €"),
        ("0", "0 €"),
        ("0.05", "0,05 €"),
        ("-1.50", "-1,50 €"),
    ],
)
def test_une_somme_se_lit_en_francais(montant, dit):
    assert (
        en_euros(Decimal(montant))
        .replace("\N{NO-BREAK SPACE}", " ")
        .replace("\N{NARROW NO-BREAK SPACE}", " ")
        == dit
    )


def test_une_fraction_de_centime_ne_se_dit_pas():
    with pytest.raises(ValueError):
        en_euros(Decimal("0.001"))


@pytest.mark.parametrize(
    ("montant", "dit", "dit_en_ecart"),
    [
        ("250", "250,00 €", "+ 250,00 €"),
        ("-1753.4", "-1 753,40 €", "− 1 753,40 €"),
        ("0", "0,00 €", "0,00 €"),
    ],
)
def test_dans_une_colonne_les_centimes_s_ecrivent_toujours_et_un_ecart_a_son_signe(
    montant, dit, dit_en_ecart
):
    dits = sommes.au_centime(Decimal(montant)), sommes.ecart(Decimal(montant))

    assert [une.replace("\N{NO-BREAK SPACE}", " ") for une in dits] == [dit, dit_en_ecart]
