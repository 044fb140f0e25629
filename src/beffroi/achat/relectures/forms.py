"""Les formulaires de la relecture : la forme ici, le droit dans les règles."""

from collections.abc import Collection
from typing import Any

from django import forms

from beffroi.achat.relectures.models import DecisionSurUnConstat, Relecture


def _texte(lignes: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": lignes})


class DemandeForm(forms.Form):
    """Soumettre la version d'aujourd'hui au centre de gestion."""

    message = forms.CharField(
        label="Un mot pour le juriste",
        required=False,
        max_length=2000,
        widget=_texte(3),
        help_text="Ce qui vous fait hésiter, ou ce qui presse.",
    )


class CommentaireForm(forms.Form):
    """Une remarque, sur un paragraphe ou sur l'ensemble."""

    texte = forms.CharField(
        label="Votre remarque",
        max_length=4000,
        widget=_texte(4),
        error_messages={"required": "Écrivez votre remarque."},
    )
    paragraphe = forms.IntegerField(
        label="Sur le paragraphe n°",
        required=False,
        min_value=1,
        help_text="Vide : sur l'ensemble.",
    )

    def __init__(self, *args: Any, paragraphes: Collection[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paragraphes = paragraphes

    def clean_paragraphe(self) -> int | None:
        """Un numéro mal tapé se corrige sans perdre la remarque."""
        numero: int | None = self.cleaned_data["paragraphe"]
        if numero is not None and numero not in self.paragraphes:
            dernier = max(self.paragraphes, default=0)
            raise forms.ValidationError(
                f"Le texte relu n'a pas de paragraphe {numero} : ils vont de 1 à {dernier}."
            )
        return numero


class AvisForm(forms.Form):
    """L'avis rendu à l'acheteur."""

    avis = forms.ChoiceField(
        label="Votre avis",
        choices=Relecture.Avis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un avis."},
    )
    observation = forms.CharField(
        label="Observation d'ensemble", required=False, max_length=4000, widget=_texte(4)
    )


class PointForm(forms.Form):
    """Un point des contrôles, retenu ou écarté."""

    issue = forms.ChoiceField(
        choices=DecisionSurUnConstat.Issue.choices,
        error_messages={
            "required": "Retenez ce point, ou écartez-le.",
            "invalid_choice": "Retenez ce point, ou écartez-le.",
        },
    )
    motif = forms.CharField(label="Pourquoi", required=False, max_length=1000, widget=_texte(2))


class ReponseForm(forms.Form):
    """Ce que l'acheteur répond à une remarque."""

    reponse = forms.CharField(
        label="Votre réponse",
        max_length=2000,
        widget=_texte(3),
        help_text="Ce que vous avez changé, ou pourquoi vous gardez votre rédaction.",
        error_messages={"required": "Écrivez votre réponse."},
    )


class PasseOutreForm(forms.Form):
    """Garder un constat tel quel."""

    empreinte = forms.RegexField(regex=r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    motif = forms.CharField(
        label="Pourquoi le gardez-vous ?",
        max_length=1000,
        widget=_texte(3),
        error_messages={"required": "Dites pourquoi : la raison reste au dossier."},
    )


class ModeleForm(forms.Form):
    """Une remarque de la bibliothèque."""

    titre = forms.CharField(
        label="Titre", max_length=120, error_messages={"required": "Donnez un titre."}
    )
    code = forms.RegexField(
        label="Contrôle qui l'appelle",
        regex=r"^(RC|PUB)-\d{2}$",
        required=False,
        help_text="Par exemple RC-13. Vide : aucun.",
        error_messages={"invalid": "Écrivez un code comme RC-13."},
    )
    texte = forms.CharField(
        label="Texte",
        max_length=4000,
        widget=_texte(5),
        error_messages={"required": "Écrivez le texte."},
    )

    def propre(self) -> dict[str, Any]:
        return {nom: self.cleaned_data[nom] for nom in ("titre", "texte", "code")}
