"""Les formulaires des impayés : la forme ici, ce qui se refuse dans les règles."""

from django import forms

from beffroi.centre.conventions.forms import AvecFichier, RienForm
from beffroi.centre.impayes.models import LettreDImpaye, SuspensionDImpaye
from beffroi.centre.impayes.services.dossier import Reception
from beffroi.centre.impayes.services.suspensions import Reponse
from beffroi.socle.guichet.champs.dates import JourField
from beffroi.socle.guichet.champs.textes import texte

__all__ = ["RienForm"]


class PropositionForm(forms.Form):
    motif = texte(
        "Pourquoi",
        "En fait et en droit : qui décide le lit d'abord, et peut le reprendre dans sa décision.",
        longueur=4000,
        lignes=5,
    )


class DecisionForm(forms.Form):
    motif = texte(
        "Motifs de la décision",
        "En fait et en droit. La lettre les reprend mot pour mot, et le journal les garde.",
        longueur=4000,
        lignes=5,
    )


class RaisonForm(forms.Form):
    motif = texte("Pourquoi", "Le journal le garde.", longueur=1000, lignes=3)


class ReceptionForm(AvecFichier):
    """La date se recopie de la preuve ; l'heure où on la note ne compte pas."""

    recue_le = JourField(
        label="Date de réception",
        help_text="Celle de l'avis, ou de la première présentation si elle n'est pas réclamée.",
    )
    envoi = forms.ChoiceField(
        label="Envoyée par", choices=LettreDImpaye.Envoi.choices, widget=forms.RadioSelect
    )
    premiere_presentation = forms.BooleanField(
        label="La lettre a été refusée ou non réclamée", required=False
    )

    field_order = ("envoi", "recue_le", "premiere_presentation", "fichier")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["fichier"].label = "Preuve de La Poste ou de l'envoi électronique"
        self.fields["envoi"].initial = LettreDImpaye.Envoi.PAPIER

    def reception(self) -> Reception:
        dit = self.cleaned_data
        return Reception(dit["recue_le"], self.choisi(), dit["envoi"], dit["premiere_presentation"])


class SuspensionForm(forms.Form):
    du = JourField(
        label="Arrivée le",
        help_text="Le jour de la lettre ou de l'appel : les délais s'arrêtent de là.",
    )
    motif = texte("Ce qui est contesté, et pourquoi", longueur=4000, lignes=4)


class ReponseForm(forms.Form):
    issue = forms.ChoiceField(
        label="La contestation est",
        choices=SuspensionDImpaye.Issue.choices,
        widget=forms.RadioSelect,
    )
    texte = texte("Réponse motivée", "L'adhérent la lit sur sa page.", longueur=4000, lignes=5)

    def reponse(self) -> Reponse:
        return Reponse(self.cleaned_data["issue"], self.cleaned_data["texte"])


class ContestationForm(forms.Form):
    motif = texte(
        "Ce que vous contestez, et pourquoi",
        (
            "Une somme déjà mandatée, un montant inexact : "
            "dites les dates et les numéros que vous connaissez."
        ),
        longueur=4000,
        lignes=5,
    )
