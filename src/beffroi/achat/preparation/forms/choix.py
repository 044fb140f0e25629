"""Choisir autre chose que ce qui est proposé, en disant pourquoi."""

from collections.abc import Sequence
from typing import Any

from django import forms

from beffroi.achat.preparation.rules.procedure import est_menee
from droit.regime import Alternative


class ChoixForm(forms.Form):
    """Une voie parmi celles que le droit permet, et une raison gardée avec elle."""

    rang = forms.TypedChoiceField(
        label="Que retenez-vous ?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une ligne."},
    )
    motif = forms.CharField(
        label="Pourquoi ?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="La raison est gardée avec votre nom. Le juriste et le juge la liront.",
        error_messages={"required": "Dites pourquoi : la raison est gardée avec le choix."},
    )

    def __init__(self, *args: Any, voies: Sequence[Alternative], cle: str, **options: Any) -> None:
        super().__init__(*args, **options)
        permises = [
            (rang, f"{voie.libelle}. {voie.consequence.motif}")
            for rang, voie in enumerate(voies)
            if cle != "procedure" or est_menee(voie.valeurs[0])
        ]
        self.fields["rang"].choices = permises  # type: ignore[attr-defined]
