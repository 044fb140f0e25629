"""Les formulaires de la conformité."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from beffroi.garde.conformite.models import DemandeDeDroit, FinDeSousTraitance, TraceDeSecurite
from beffroi.garde.conformite.queries import Filtre
from beffroi.garde.conformite.services.droits import Saisie
from beffroi.garde.conformite.services.sous_traitance import Issue
from beffroi.socle.guichet.champs.cle_d_envoi import CleDEnvoiField
from beffroi.socle.guichet.champs.dates import ECRIVEZ_UNE_DATE, JourField
from beffroi.socle.guichet.champs.textes import texte

# Le service est né après, et un calendrier a une fin : au-delà, un jour de plus ne se compte pas.
BORNES = (
    MinValueValidator(date(2000, 1, 1), ECRIVEZ_UNE_DATE),
    MaxValueValidator(date(2999, 12, 31), ECRIVEZ_UNE_DATE),
)


class FiltreForm(forms.Form):
    """Ce que l'on cherche dans le journal de sécurité."""

    fait = forms.ChoiceField(
        label="Fait", required=False, choices=[("", "Tous"), *TraceDeSecurite.Fait.choices]
    )
    compte = forms.CharField(
        label="Compte",
        max_length=254,
        required=False,
        help_text="Sa référence, ou son adresse électronique.",
    )
    du = JourField(label="Du", required=False, validators=BORNES)
    au = JourField(label="Au", required=False, validators=BORNES)

    def filtre(self) -> Filtre:
        return Filtre(**self.cleaned_data) if self.is_valid() else Filtre()


class DroitForm(forms.Form):
    """Ce qu'une personne demande sur ses données.

    Aucune pièce d'identité : on répond à l'adresse donnée.
    """

    nom = forms.CharField(
        label="Votre nom",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Donnez votre nom."},
    )
    courriel = forms.EmailField(
        label="Votre adresse électronique",
        help_text="Celle de votre compte, si vous en avez un : c'est là que nous répondons.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Donnez l'adresse où vous répondre.",
            "invalid": "Cette adresse n'est pas complète. Exemple : nom@exemple.fr.",
        },
    )
    droit = forms.ChoiceField(
        label="Ce que vous demandez",
        choices=DemandeDeDroit.Droit,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que vous demandez."},
    )
    texte = forms.CharField(
        label="Votre demande",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Quelles données, sur quelle page. N'envoyez pas de pièce d'identité.",
        error_messages={"required": "Dites ce que vous demandez : une phrase suffit."},
    )
    cle = CleDEnvoiField()

    def saisie(self) -> Saisie:
        return Saisie(**self.cleaned_data)


class ReponseForm(forms.Form):
    """Ce que le centre décide, et pourquoi."""

    decision = forms.ChoiceField(
        label="Décision",
        choices=DemandeDeDroit.Decision,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une décision."},
    )
    reponse = forms.CharField(
        label="Réponse",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="La personne la reçoit telle quelle. Un refus dit ses motifs.",
        error_messages={
            "required": "Écrivez la réponse, motifs compris : la personne la recevra telle quelle."
        },
    )


class ProlongerForm(forms.Form):
    """Pourquoi il faut plus d'un mois."""

    motif = forms.CharField(
        label="Pourquoi il faut plus de temps",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "La personne le reçoit. Il faut que la demande soit complexe, "
            "ou qu'il y en ait beaucoup."
        ),
        error_messages={"required": "Dites à la personne pourquoi il faut plus de temps."},
    )


class ClauseForm(forms.Form):
    """Le jour où la clause de sous-traitance finit, et ce que les données sont devenues."""

    finie_le = JourField(label="Finie le", validators=BORNES)
    sort = forms.ChoiceField(
        label="Ce que les données sont devenues",
        choices=FinDeSousTraitance.Sort,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites ce que les données sont devenues."},
    )
    texte = texte(
        "Texte qui oblige à garder",
        "Si une part se garde : l'article, et jusqu'à quand.",
        longueur=300,
        requis=False,
    )

    def issue(self) -> Issue:
        return Issue(**self.cleaned_data)
