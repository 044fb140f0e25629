"""Se nommer avant de télécharger, et demander à être prévenu : chaque champ est libre."""

from typing import Any

from django import forms


class RetirantForm(forms.Form):
    entreprise = forms.CharField(
        label="Votre entreprise",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    courriel = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": "Cette adresse n'est pas complète. Exemple : nom@entreprise.fr."
        },
    )
    prevenir = forms.BooleanField(label="Me prévenir si le dossier change", required=False)

    def clean(self) -> dict[str, Any]:
        saisie = self.cleaned_data
        if self.errors:
            return saisie
        if saisie["prevenir"] and not saisie["courriel"]:
            self.add_error("courriel", "Donnez l'adresse où vous prévenir, ou décochez la case.")
        elif not saisie["entreprise"].strip() and not saisie["courriel"]:
            self.add_error(
                "entreprise",
                (
                    "Donnez votre entreprise ou votre adresse. Pour rester anonyme, "
                    "téléchargez sans rien remplir."
                ),
            )
        return saisie
