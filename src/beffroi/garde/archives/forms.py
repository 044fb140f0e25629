"""Demander un paquet, geler, déposer un visa : la forme ici, le droit dans les règles."""

from django import forms

from beffroi.socle.guichet.champs.dates import JourField
from beffroi.socle.guichet.champs.fichiers import FichierField
from formats.seda import D_OFFICE, VERSIONS


class PaquetForm(forms.Form):
    version = forms.ChoiceField(
        label="Version du standard SEDA",
        choices=[(v, f"{v}, la plus répandue" if v == D_OFFICE else v) for v in VERSIONS],
        initial=D_OFFICE,
        help_text="Celle que votre service d'archives sait lire.",
    )


def champ_du_motif(aide: str) -> forms.CharField:
    return forms.CharField(
        label="Pourquoi ?",
        max_length=300,
        help_text=aide,
        error_messages={"required": "Dites pourquoi."},
    )


class GelForm(forms.Form):
    motif = champ_du_motif(
        "Un recours, un contrôle, une enquête : écrivez son numéro s'il en a un."
    )


class LeveeForm(forms.Form):
    motif = champ_du_motif(
        "Le recours est jugé, le contrôle est clos : écrivez la date ou le numéro qui le dit."
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
    document = FichierField("Le visa signé")
