"""Les formulaires d'une preuve : la forme ici, ce qui se refuse dans les règles."""

from django import forms

from beffroi.personnes.niveaux.verification import OCTETS_D_UN_DEFI_SIGNE
from beffroi.socle.guichet.champs.fichiers import FichierField


class DefiForm(forms.Form):
    """Le défi, signé."""

    fichier = FichierField(
        "Le défi signé",
        sortes="Le PDF signé, ou la signature à part (.p7s, .p7m, .xml, .asice)",
        octets_au_plus=OCTETS_D_UN_DEFI_SIGNE,
    )


class CodeForm(forms.Form):
    """Le code de la lettre."""

    code = forms.CharField(
        label="Code de la lettre",
        max_length=40,
        help_text="Douze lettres et chiffres, avec ou sans espaces.",
        error_messages={"required": "Tapez le code de la lettre."},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )


class RechercheForm(forms.Form):
    """L'entreprise dont on cherche les équipes."""

    numero = forms.CharField(
        label="SIRET, SIREN ou numéro officiel",
        max_length=60,
        error_messages={"required": "Saisissez un SIRET, un SIREN ou un numéro."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _pieces() -> forms.CharField:
    return forms.CharField(
        label="Pièces vues",
        max_length=500,
        help_text=(
            "Leur sorte et leur date, par exemple : extrait Kbis du 3 novembre 2026 ; pièce "
            "d'identité de la gérante. Rien d'autre n'est gardé : ne joignez et ne recopiez rien."
        ),
        error_messages={"required": "Dites quelles pièces vous avez vues, et leur date."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PiecesForm(forms.Form):
    """Ce que le centre a vu."""

    pieces = _pieces()


class ReouvertureForm(forms.Form):
    """À qui rouvrir, et sur quelles pièces."""

    courriel = forms.EmailField(
        label="Adresse du compte de la personne",
        max_length=254,
        help_text="Elle a déjà ouvert un compte, et prouvé cette adresse.",
        error_messages={
            "required": "Saisissez l'adresse du compte de la personne.",
            "invalid": "Cette adresse est incomplète. Exemple : kevin@entreprise.fr.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    pieces = _pieces()


class MotifForm(forms.Form):
    """Pourquoi ; l'équipe le lit."""

    motif = forms.CharField(
        label="Pourquoi",
        max_length=500,
        help_text="L'équipe le lit.",
        error_messages={"required": "Dites pourquoi : l'équipe le lira."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LettreForm(forms.Form):
    """L'adresse de l'enveloppe, telle que Sirene la donne ce jour-là."""

    adresse = forms.CharField(
        label="Adresse lue dans Sirene aujourd'hui",
        max_length=400,
        help_text="Celle de Sirene, et nulle autre : c'est elle qui prouve.",
        error_messages={"required": "Recopiez l'adresse de Sirene."},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
