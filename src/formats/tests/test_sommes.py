"""Une somme se dit en euros et centimes, ou ne se dit pas."""

from decimal import Decimal

import pytest

from formats.sommes import en_euros


@pytest.mark.parametrize(
    ("montant", "dit"),
    [("250", "250 €"), ("1753.42", "1 753,42 €"), ("0", "0 €"), ("0.05", "0,05 €"), ("-1.50", "-1,50 €")],
)
def test_une_somme_se_lit_en_francais(montant, dit):
    assert (
        en_euros(Decimal(montant)).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ") == dit
    )


def test_une_fraction_de_centime_ne_se_dit_pas():
    with pytest.raises(ValueError):
        en_euros(Decimal("0.001"))
