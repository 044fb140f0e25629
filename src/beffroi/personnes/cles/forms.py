"""Désigner un gardien."""

from django import forms

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import utilisateur_par_courriel


class GardienForm(forms.Form):
    """La personne a déjà un compte : on la désigne par son adresse."""

    courriel = forms.EmailField(
        label="Adresse électronique de la personne",
        help_text="Celle de son compte. Elle doit déjà en avoir un.",
        error_messages={
            "required": "Écrivez l'adresse de la personne.",
            "invalid": "Écrivez une adresse complète, par exemple nom@commune.fr.",
        },
    )
    organisation = forms.CharField(
        label="Où travaille cette personne ?",
        max_length=200,
        help_text="Par exemple : Archives départementales du Pas-de-Calais.",
        error_messages={
            "required": "Dites où travaille cette personne : la page publique le montre."
        },
    )
    releve_de_l_exploitant = forms.BooleanField(
        label="Cette personne travaille pour le centre de gestion", required=False
    )

    def clean_courriel(self) -> Utilisateur:
        utilisateur = utilisateur_par_courriel(self.cleaned_data["courriel"])
        if utilisateur is None:
            raise forms.ValidationError(
                "Cette adresse n'a pas de compte. La personne doit d'abord en créer un."
            )
        return utilisateur
