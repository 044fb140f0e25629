"""Une adresse, et rien d'autre."""

from django import forms


class AdresseForm(forms.Form):
    courriel = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Donnez votre adresse électronique.",
            "invalid": "Cette adresse n'est pas complète. Exemple : nom@entreprise.fr.",
        },
    )
