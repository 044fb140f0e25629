"""Demander un paquet, geler, déposer un visa : la forme ici, le droit dans les règles."""

from typing import Any

from django import forms

from beffroi.pieces.champs import JourField
from beffroi.pieces.rules import OCTETS_PAR_PIECE, fichier_recevable
from formats.seda import D_OFFICE, VERSIONS

MEGAOCTETS = OCTETS_PAR_PIECE // 1_000_000


class PaquetForm(forms.Form):
    version = forms.ChoiceField(
        label="Version du standard SEDA",
        choices=[(v, f"{v}, la plus répandue" if v == D_OFFICE else v) for v in VERSIONS],
        initial=D_OFFICE,
        help_text="Celle que votre service d'archives sait lire.",
    )


class MotifForm(forms.Form):
    """Pourquoi l'on gèle, ou pourquoi on lève."""

    motif = forms.CharField(
        label="Pourquoi ?",
        max_length=300,
        help_text="Un recours, un contrôle, une enquête : écrivez son numéro s'il en a un.",
        error_messages={"required": "Dites pourquoi."},
    )


class VisaForm(forms.Form):
    code = forms.CharField(
        label="Code écrit sur le visa",
        max_length=40,
        help_text="Celui qui est imprimé sur le bordereau, par exemple 0123-4567-89AB-CDEF.",
        error_messages={"required": "Recopiez le code du bordereau, tel que le visa le porte."},
    )
    signataire = forms.CharField(
        label="Qui a signé le visa",
        max_length=200,
        help_text="Nom et fonction.",
        error_messages={"required": "Dites qui a signé."},
    )
    jour = JourField(label="Date du visa", error_messages={"required": "Dites la date du visa."})
    document = forms.FileField(
        label="Le visa signé",
        max_length=255,
        help_text=f"{MEGAOCTETS} Mo au plus.",
        error_messages={"required": "Choisissez le fichier du visa.", "empty": "Ce fichier est vide."},
    )

    def clean_document(self) -> Any:
        document = self.cleaned_data["document"]
        debut = document.read(8)
        document.seek(0)
        decision = fichier_recevable(nom=document.name, taille=document.size, debut=debut)
        if not decision.favorable:
            raise forms.ValidationError(decision.motifs[0].texte)
        return document
