"""Un lot à part : ce qu'il contient, pour qui il est réservé, ses propres critères."""

from dataclasses import replace
from typing import Any

from django import forms

from beffroi.achat.preparation.forms.exigences import RESERVES
from beffroi.achat.preparation.forms.jugement import CritereForm, critere_de, ligne_de
from beffroi.achat.preparation.forms.poids import FormulaireAvecPoids
from beffroi.achat.preparation.rules.reponses import Reponses
from droit.achat import Lot


class LotParticulierForm(FormulaireAvecPoids):
    """Laissé vide, le lot suit les règles communes (CCP,
    art. L. 2113-10 à L. 2113-16, R. 2113-7).
    """

    ligne = CritereForm
    lignes_vides = 1
    lignes_au_plus = 20
    description = forms.CharField(
        label="Ce que ce lot contient",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Vide : son intitulé suffit.",
    )
    reserve_a = forms.ChoiceField(label="Ce lot est réservé", choices=RESERVES, required=False)
    criteres_propres = forms.BooleanField(
        label="Ce lot se juge sur ses propres critères", required=False
    )

    @classmethod
    def du_lot(cls, lot: Lot, reponses: Reponses) -> "LotParticulierForm":
        """Les critères communs servent de point de départ."""
        communs = reponses.jugement.criteres if reponses.jugement else ()
        valeurs = {
            "description": lot.description,
            "reserve_a": lot.reserve_a,
            "criteres_propres": bool(lot.criteres),
        }
        return cls(
            initial=valeurs, lignes=[ligne_de(critere) for critere in lot.criteres or communs]
        )

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if donnees.get("criteres_propres") and not self.remplies:
            self.add_error(
                "criteres_propres", "Donnez les critères de ce lot, ou décochez la case."
            )
        return donnees

    def lot(self, avant: Lot) -> Lot:
        donnees = self.cleaned_data
        propres = (
            tuple(critere_de(ligne) for ligne in self.remplies)
            if donnees["criteres_propres"]
            else ()
        )
        return replace(
            avant,
            description=donnees["description"].strip(),
            reserve_a=donnees["reserve_a"],
            criteres=propres,
        )
