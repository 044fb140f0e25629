"""Les formulaires de la conformité."""

from django import forms

from beffroi.conformite.models import TraceDeSecurite
from beffroi.conformite.queries import Filtre


class JourField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": "Écrivez une date complète, par exemple 24/11/2026."}


class FiltreForm(forms.Form):
    """Ce que l'on cherche dans le journal de sécurité."""

    fait = forms.ChoiceField(label="Fait", required=False, choices=[("", "Tous"), *TraceDeSecurite.Fait.choices])
    compte = forms.CharField(
        label="Compte", max_length=254, required=False, help_text="Sa référence, ou son adresse électronique."
    )
    du = JourField(label="Du", required=False)
    au = JourField(label="Au", required=False)

    def filtre(self) -> Filtre:
        return Filtre(**self.cleaned_data) if self.is_valid() else Filtre()
