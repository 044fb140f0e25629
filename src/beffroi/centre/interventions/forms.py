"""Les formulaires d'une intervention ;
ceux des agents et des coordonnées sont ceux d'`organismes`.
"""

from django import forms

from beffroi.centre.interventions.rules import DUREES
from beffroi.centre.interventions.services.cycle import Raison
from beffroi.socle.guichet.champs.fichiers import FichierField
from beffroi.socle.guichet.fichiers_relus import EmpreinteForm


class MotifForm(forms.Form):
    """Pourquoi le centre agit : l'organisme le lira."""

    motif = forms.CharField(
        label="Pourquoi vous intervenez",
        max_length=300,
        help_text="L'organisme le lira, par courriel et dans son espace.",
        error_messages={"required": "Dites pourquoi vous intervenez."},
    )
    demande = forms.CharField(
        label="Ce qui l'a demandé",
        max_length=120,
        required=False,
        help_text="Un appel et sa date, un courriel, un numéro de ticket.",
    )


class MotifDImportForm(MotifForm, EmpreinteForm):
    """Ce qui a été relu, et pourquoi."""


class OuvrirForm(MotifForm):
    """Une intervention : son motif, ce qui est prévu, qui en est d'accord, sa durée."""

    conditions = {"accord": "pour faire ou défaire un administrateur"}

    prevu = forms.CharField(
        label="Ce que vous allez faire",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    accord = forms.CharField(
        label="Qui, chez l'organisme, en est d'accord",
        max_length=200,
        required=False,
        help_text=(
            "Son nom, et comment il l'a dit. Il le faut pour faire ou défaire un administrateur."
        ),
    )
    minutes = forms.TypedChoiceField(
        label="Pendant combien de temps",
        coerce=int,
        choices=list(DUREES.items()),
        widget=forms.RadioSelect,
        help_text="Rien ne la prolonge : plus tard, vous en ouvrirez une autre.",
        error_messages={"required": "Choisissez une durée."},
    )

    def raison(self) -> Raison:
        return Raison(
            **{champ: self.cleaned_data[champ] for champ in ("motif", "demande", "prevu", "accord")}
        )


class FinirForm(forms.Form):
    """Ce qui a été fait, en clair."""

    bilan = forms.CharField(
        label="Ce que vous avez fait",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="En une phrase ou deux. Les gestes sont déjà au journal.",
    )


class ImportForm(forms.Form):
    """Le tableau des agents."""

    tableau = FichierField()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["tableau"].label = "Tableau au format CSV"
        self.fields["tableau"].help_text = "2 Mo et 5 000 lignes au plus."
