"""Choisir qui tiendra une part des clés."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms

from beffroi.personnes.cles.rules import DEMANDE_ECRITE
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.repartage.models import Repartage


class DemandeEcriteField(forms.CharField):
    """La demande qui fonde un recours aux gardiens ;
    elle se garde au dossier, et s'écrit aux entreprises.
    """

    def __init__(self, *, label: str = "Demande écrite", quand: str = "", **options: Any) -> None:
        aide = (
            "Sa date, qui l'a signée, et pourquoi. Par exemple : "
            "lettre du maire du 12 janvier 2027, clés perdues."
        )
        super().__init__(label=label, max_length=200, help_text=f"{quand}{aide}", **options)


class PersonnesForm(forms.Form):
    """La nouvelle liste, et avec quelles parts la refaire."""

    vers = forms.MultipleChoiceField(
        label="Qui doit tenir une part ?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Cochez toutes les personnes, celles qui restent comprises.",
        error_messages={"required": "Cochez les personnes qui doivent tenir une part."},
    )
    voie = forms.ChoiceField(
        label="Avec quelles parts ?",
        choices=[
            (Repartage.Voie.MEMBRES, "Avec nos parts : l'une de nos clés s'ouvre encore"),
            (
                Repartage.Voie.GARDIENS,
                "Avec deux gardiens de secours : toutes nos clés sont perdues",
            ),
        ],
        initial=Repartage.Voie.MEMBRES,
        widget=forms.RadioSelect,
    )

    demande = DemandeEcriteField(
        label="Demande écrite aux gardiens",
        quand="Obligatoire si vous appelez les gardiens. ",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        ouvreurs: Iterable[Utilisateur],
        en_place: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ouvreurs = {personne.reference: personne for personne in ouvreurs}
        champ = self.fields["vers"]
        assert isinstance(champ, forms.MultipleChoiceField)
        champ.choices = [
            (reference, _nommer(personne)) for reference, personne in self.ouvreurs.items()
        ]
        champ.initial = [reference for reference in self.ouvreurs if reference in en_place]

    def clean(self) -> dict[str, Any]:
        """Les gardiens ne s'appellent que sur demande écrite."""
        if self.cleaned_data.get("voie") == Repartage.Voie.GARDIENS and not self.cleaned_data.get(
            "demande"
        ):
            self.add_error("demande", DEMANDE_ECRITE.texte)
        return self.cleaned_data

    def personnes(self) -> list[Utilisateur]:
        return [self.ouvreurs[reference] for reference in self.cleaned_data["vers"]]


def _nommer(personne: Utilisateur) -> str:
    return f"{personne.nom}, {personne.qualite}" if personne.qualite else personne.nom
