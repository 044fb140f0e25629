"""De l'argent et des nombres, écrits comme on les écrit : « 84 500,50 € »."""

import re
from decimal import Decimal
from typing import Any

from django import forms

UNE_SOMME = {
    "required": "Donnez un montant.",
    "invalid": "Écrivez un montant en euros, comme 250 ou 1753,42.",
    "min_value": "Un montant n'est pas négatif.",
    "max_decimal_places": "Un montant s'arrête au centime.",
}
_ESPACES = re.compile(r"[\s\u00a0\u202f€]|HT")


class EnChiffresField(forms.IntegerField):
    """Un entier dans un champ de texte :
    ce qui n'en est pas un reste à l'écran, pour être corrigé.
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class MoisField(forms.IntegerField):
    """Un nombre de mois."""

    widget = forms.NumberInput(attrs={"inputmode": "numeric"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 1, "max_value": 600, **options})


class SommeField(forms.DecimalField):
    """Ce qui se doit ou se paie, en euros ; la virgule et les espaces de milliers se lisent."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        bornes = {"max_digits": 12, "decimal_places": 2, "min_value": 0}
        super().__init__(error_messages=UNE_SOMME, **{**bornes, **options})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        texte = (
            "".join(str(value or "").split())
            .replace("\N{NARROW NO-BREAK SPACE}", "")
            .removesuffix("€")
        )
        return super().to_python(texte.replace(",", "."))


class MontantField(forms.DecimalField):
    """Ce que vaut un achat, en euros hors taxes ; il se relit avec ses espaces de milliers."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    default_error_messages = {"invalid": "Écrivez un montant, par exemple 84 500."}

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=Decimal(0), max_digits=14, decimal_places=2, **options)

    def to_python(self, value: Any) -> Any:
        propre = _ESPACES.sub("", value).replace(",", ".") if isinstance(value, str) else value
        return super().to_python(propre)

    def prepare_value(self, value: Any) -> Any:
        """« 84500.00 » se relit « 84 500 » ; ce que la personne a tapé lui revient tel quel."""
        if not isinstance(value, Decimal):
            return value
        if value == value.to_integral_value():
            return f"{value:,.0f}".replace(",", " ")
        return f"{value:,.2f}".replace(",", " ").replace(".", ",")
