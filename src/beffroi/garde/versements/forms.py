"""Dire la remise, déposer la réponse, abandonner : la forme ici, le droit dans les règles."""

from typing import Any

from django import forms

from formats.seda.bornes import MEGAOCTET, OCTETS_D_UNE_REPONSE


class RemiseForm(forms.Form):
    remise = forms.CharField(
        label="À qui, quand et comment",
        max_length=300,
        help_text=(
            "Par exemple : à Claire Monchy, Archives départementales, le 3 mars, sur une clé USB."
        ),
        error_messages={"required": "Dites à qui, quand et comment le paquet a été remis."},
    )


class ReponseForm(forms.Form):
    fichier = forms.FileField(
        label="Le message du service d'archives",
        max_length=255,
        help_text=(
            "Son accusé de réception ou sa réponse, en XML (SEDA). "
            f"{OCTETS_D_UNE_REPONSE // MEGAOCTET} Mo au plus."
        ),
        error_messages={
            "required": "Choisissez le fichier du service d'archives.",
            "empty": "Ce fichier est vide.",
        },
    )

    def clean_fichier(self) -> Any:
        fichier = self.cleaned_data["fichier"]
        if fichier.size > OCTETS_D_UNE_REPONSE:
            raise forms.ValidationError(
                f"Ce fichier dépasse {OCTETS_D_UNE_REPONSE // MEGAOCTET} Mo : il n'est pas lu."
            )
        return fichier


class AbandonForm(forms.Form):
    motif = forms.CharField(
        label="Pourquoi ?",
        max_length=300,
        help_text="Le service d'archives n'a rien reçu, le paquet est à refaire : écrivez-le.",
        error_messages={"required": "Dites pourquoi."},
    )
