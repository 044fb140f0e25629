"""De quoi être rappelé, et rien d'autre."""

from django import forms

from beffroi.service.aide import rules
from beffroi.service.aide.models import DemandeDeRappel
from beffroi.service.aide.services import Saisie


class RappelForm(forms.Form):
    nom = forms.CharField(
        label="Votre nom",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Donnez votre nom."},
    )
    telephone = forms.CharField(
        label="Votre numéro de téléphone",
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"required": "Donnez le numéro où vous rappeler."},
    )
    sujet = forms.CharField(
        label="De quoi s'agit-il ?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une phrase suffit. N'écrivez rien de votre offre.",
        error_messages={"required": "Dites en une phrase de quoi il s'agit."},
    )
    consultation = forms.CharField(
        label="Référence de la consultation",
        max_length=30,
        required=False,
        help_text="Elle est en haut de sa page. Exemple : 2026-0142.",
    )
    moment = forms.ChoiceField(
        label="Quand vous rappeler ?", choices=DemandeDeRappel.Moment, required=False
    )

    def clean_telephone(self) -> str:
        telephone: str = self.cleaned_data["telephone"]
        decision = rules.numero_lisible(telephone)
        if not decision.favorable:
            raise forms.ValidationError(decision.motifs[0].texte)
        return telephone

    def saisie(self) -> Saisie:
        donnees = self.cleaned_data
        return Saisie(
            **{**donnees, "moment": donnees["moment"] or DemandeDeRappel.Moment.AU_PLUS_TOT.value}
        )
