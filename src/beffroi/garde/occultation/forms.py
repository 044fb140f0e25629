"""Un PDF, et ce qu'il faut en ôter."""

from typing import Any

from django import forms

from beffroi.garde.occultation import rules
from formats.occultation import MOTIFS, Demande
from formats.occultation.enclos import OCTETS_AU_PLUS

MEGAOCTETS = OCTETS_AU_PLUS // 1_000_000


class OccultationForm(forms.Form):
    """Ce qui revient refusé garde les mots ; le fichier, lui, se choisit de nouveau."""

    document = forms.FileField(
        label="Le document, en PDF",
        max_length=255,
        help_text=f"{MEGAOCTETS} Mo et 200 pages au plus. Il n'est pas gardé.",
        error_messages={"required": "Choisissez le document.", "empty": "Ce fichier est vide."},
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
    mots = forms.CharField(
        label="Les mots à ôter",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=(
            "Un par ligne : un nom, une marque, un procédé. "
            "Ni les accents ni les majuscules ne comptent."
        ),
    )
    motifs = forms.MultipleChoiceField(
        label="Ôter aussi",
        required=False,
        choices=[(nom, libelle) for nom, (libelle, _) in MOTIFS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_document(self) -> Any:
        document = self.cleaned_data["document"]
        if document.size > OCTETS_AU_PLUS:
            raise forms.ValidationError(f"Ce fichier est trop gros : {MEGAOCTETS} Mo au plus.")
        return document

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        try:
            donnees["demande"] = Demande(
                rules.termes(donnees.get("mots", "")), tuple(donnees.get("motifs", ()))
            )
        except ValueError as manque:
            self.add_error("mots", str(manque))
        return donnees

    def termes(self) -> tuple[str, ...]:
        demande: Demande = self.cleaned_data["demande"]
        return (*demande.termes, *(MOTIFS[nom][0] for nom in demande.motifs))
