"""Ce qui arrive autrement que par la plateforme : la forme seulement."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.depots.models import DepotMateriel
from beffroi.reponse.depots.services.materiel import Arrivee

PARIS = ZoneInfo("Europe/Paris")


class DepotMaterielForm(forms.Form):
    """Ce qui arrive autrement que par la plateforme."""

    sorte = forms.ChoiceField(label="Ce qui est arrivé", choices=DepotMateriel.Sorte.choices)
    deposant = forms.CharField(label="Entreprise", max_length=200)
    lot = forms.TypedChoiceField(label="Lot", required=False, coerce=int, empty_value=None)
    jour = forms.DateField(
        label="Arrivé le",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Écrivez une date, par exemple 12/01/2027."
        ),
    )
    heure = forms.TimeField(
        label="À (heure de Paris)",
        widget=forms.TimeInput(attrs={"type": "time", "step": 1}),
        help_text="Par exemple : 11:42.",
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Écrivez une heure, par exemple 11:42."
        ),
    )
    preuve = forms.CharField(
        label="Preuve",
        max_length=200,
        help_text="Numéro de recommandé, récépissé remis, nom du porteur.",
    )
    observation = forms.CharField(
        label="Observation", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *arguments: object, consultation: Consultation, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        lots = [(lot.numero, str(lot)) for lot in consultation.lots.all()]
        self.fields["lot"].choices = [("", "Tous les lots"), *lots]  # type: ignore[attr-defined]
        if not lots:
            del self.fields["lot"]

    def arrivee(self) -> Arrivee:
        donnees = self.cleaned_data
        return Arrivee(
            sorte=donnees["sorte"],
            deposant=donnees["deposant"],
            recu_le=datetime.combine(donnees["jour"], donnees["heure"], PARIS),
            preuve=donnees["preuve"],
            lot=donnees.get("lot"),
            observation=donnees["observation"],
        )
