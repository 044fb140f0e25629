"""Les formulaires d'un organisme : l'ouvrir, dire qui y publie, fermer un compte."""

from typing import Any

from django import forms

from beffroi.personnes.organismes import rules
from beffroi.socle.guichet.champs.textes import LigneField
from beffroi.socle.guichet.formulaires import PersonneForm


class NommerForm(PersonneForm):
    """L'administrateur que l'exploitant rend à un organisme."""


class PublicationForm(forms.Form):
    """Qui publie : la personne qui a rédigé, ou toujours une autre."""

    a_deux = forms.ChoiceField(
        label="Qui peut publier une consultation ?",
        choices=[
            ("", "La personne qui l'a rédigée, ou une autre"),
            ("oui", "Toujours une autre personne"),
        ],
        required=False,
        widget=forms.RadioSelect,
    )


class FermerForm(forms.Form):
    """Pourquoi un compte se ferme : le journal le garde."""

    raison = forms.CharField(
        label="Raison",
        max_length=200,
        help_text="Par exemple « départ à la retraite ». Le journal la garde.",
        error_messages={"required": "Dites pourquoi, en quelques mots."},
    )


class ChercherUnCompteForm(forms.Form):
    """Un compte, par son adresse exacte : l'exploitant n'a pas de liste des personnes."""

    courriel = forms.EmailField(
        label="Adresse électronique du compte",
        max_length=254,
        help_text="L'adresse exacte, telle que la personne s'en sert pour se connecter.",
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Saisissez une adresse, par exemple nom@commune.fr."
        ),
    )


class OuvrirOrganismeForm(PersonneForm):
    """Un organisme et son premier administrateur."""

    organisme_nom = LigneField(
        label="Nom de l'organisme",
        max_length=200,
        error_messages={"required": "Saisissez le nom de l'organisme."},
    )
    siret = forms.CharField(
        label="SIRET de l'organisme",
        max_length=24,
        help_text="14 chiffres.",
        error_messages={"required": "Saisissez le SIRET de l'organisme."},
    )
    adresse = forms.CharField(label="Adresse postale", max_length=300, required=False)

    field_order = ("organisme_nom", "siret", "adresse", "courriel", "nom", "qualite")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["courriel"].label = "Adresse électronique de l'administrateur"
        self.fields["nom"].label = "Nom et prénom de l'administrateur"

    def clean_siret(self) -> str:
        siret = "".join(self.cleaned_data["siret"].split())
        decision = rules.siret_d_organisme(siret)
        if not decision.favorable:
            raise forms.ValidationError([motif.texte for motif in decision.motifs])
        return siret
