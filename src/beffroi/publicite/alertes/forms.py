"""Une adresse, et quand écrire."""

from django import forms

from beffroi.personnes.abonnements.models import Suivi
from beffroi.socle.guichet.formulaires import AdresseForm


class AlerteForm(AdresseForm):
    cadence = forms.ChoiceField(
        label="Quand vous écrire ?",
        choices=Suivi.Cadence.choices,
        initial=Suivi.Cadence.QUOTIDIEN,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez quand vous écrire.",
            "invalid_choice": "Choisissez quand vous écrire.",
        },
    )
