"""Les formulaires de l'acheteur : la forme ici, le droit dans les règles."""

from typing import Any

from django import forms

from beffroi.achat.consultations.models import Consultation, PieceAttendue, PieceDce
from beffroi.achat.consultations.rules.documents import OCTETS_MAXIMUM_D_UN_DOCUMENT
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.socle.guichet.champs.dates import HeureField, JourField, instant


class DocumentForm(forms.Form):
    """Un document du dossier."""

    sorte = forms.ChoiceField(label="Quel document ?", choices=PieceDce.Sorte.choices)
    intitule = forms.CharField(
        label="Intitulé",
        max_length=160,
        required=False,
        help_text="Vide : nous reprenons le nom de sa sorte.",
    )
    fichier = forms.FileField(
        label="Fichier",
        max_length=255,
        allow_empty_file=True,
        help_text=f"Tous les formats, {OCTETS_MAXIMUM_D_UN_DOCUMENT // 10**9} Go au plus. "
        "Préférez un format ouvert : PDF, ODT, ODS.",
        error_messages={"required": "Choisissez un fichier."},
    )


class PieceAttendueForm(forms.Form):
    """Une pièce que la réponse doit contenir."""

    enveloppe = forms.ChoiceField(
        label="Dans quelle enveloppe ?", choices=PieceAttendue.Enveloppe.choices
    )
    intitule = forms.CharField(
        label="Intitulé de la pièce",
        max_length=120,
        error_messages={"required": "Nommez la pièce attendue."},
    )
    lot = forms.ChoiceField(label="Pour quel lot ?", required=False)
    formats = forms.CharField(
        label="Formats acceptés",
        max_length=80,
        required=False,
        help_text="Par exemple : pdf, ods. Vide : tous.",
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lots = [(str(lot.numero), str(lot)) for lot in consultation.lots.all()]
        if lots:
            self.fields["lot"] = forms.ChoiceField(
                label="Pour quel lot ?", required=False, choices=[("", "Tous les lots"), *lots]
            )
        else:
            del self.fields["lot"]

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if donnees.get("lot") and donnees.get("enveloppe") == PieceAttendue.Enveloppe.CANDIDATURE:
            self.add_error("lot", "Une pièce de candidature vaut pour tous les lots.")
        return donnees


class PolitiqueForm(forms.Form):
    """Combien de personnes tournent leur clé."""

    politique = forms.ChoiceField(
        label="Combien de personnes tournent leur clé ?",
        choices=[
            (
                PaireDeCles.Politique.STANDARD,
                "Une seule suffit, deux personnes au moins en ont une (Standard)",
            ),
            (
                PaireDeCles.Politique.DOUBLE,
                "Deux ensemble, trois personnes au moins en ont une (Double contrôle)",
            ),
        ],
        widget=forms.RadioSelect,
    )


class ProgrammationForm(forms.Form):
    """L'heure dite d'une publication."""

    jour_dit = JourField(label="Jour")
    heure_dit = HeureField(label="Heure, à Paris")

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if "jour_dit" in donnees and "heure_dit" in donnees:
            donnees["heure_dite"] = instant(self, "dit")
        return donnees


class RenvoiForm(forms.Form):
    """Rendre le brouillon à qui l'a rédigé."""

    motif = forms.CharField(
        label="Que faut-il corriger ?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=480,
        help_text="La personne qui a rédigé le lira. Le journal le garde.",
        error_messages={
            "required": "Dites pourquoi : la personne qui a rédigé doit savoir quoi corriger."
        },
    )


class SansSuiteForm(forms.Form):
    """Renoncer, en disant pourquoi."""

    motif = forms.CharField(
        label="Pourquoi renoncez-vous ?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=480,
        help_text=(
            "Un motif d'intérêt général, ou l'absence d'offre recevable. Les entreprises le liront."
        ),
        error_messages={
            "required": "Dites pourquoi : les entreprises doivent le savoir (CCP, art. R. 2185-2)."
        },
    )
