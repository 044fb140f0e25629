"""Retenir plusieurs offres, pour un accord-cadre à plusieurs titulaires :
le montant et les avantages de chacune.
"""

from collections.abc import Sequence
from typing import Any

from django import forms

from beffroi.choix.attribution.forms import DecisionForm, place_dite, texte_long
from beffroi.choix.attribution.queries.classement import Place
from beffroi.choix.attribution.services import OffreChoisie, ProjetDAttribution
from beffroi.choix.attribution.soumissionnaires import Soumissionnaire
from beffroi.socle.guichet.champs.nombres import MontantField

TITULAIRES_AU_PLUS = 50


class AttribuerAPlusieursForm(DecisionForm):
    """Une case par offre en lice, les mieux classées d'abord ;
    le motif et l'écart valent pour l'ensemble.
    """

    titulaires_prevus = forms.IntegerField(
        label="Combien de titulaires, au plus ?",
        min_value=2,
        max_value=TITULAIRES_AU_PLUS,
        help_text="Le nombre que les documents de la consultation annoncent.",
        error_messages={
            "required": "Dites combien de titulaires sont prévus.",
            "min_value": "Deux titulaires, ou plus.",
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    motif = texte_long(
        "Pourquoi ces offres ?",
        aide="Les entreprises non retenues le liront : ne dites rien d'un secret des offres.",
        requis="Dites pourquoi ces offres sont retenues.",
    )
    motif_de_l_ecart = texte_long(
        "Si ce ne sont pas les mieux classées, ou s'il en manque, pourquoi ?", rows=3
    )

    def __init__(
        self,
        *args: Any,
        offres: Sequence[Soumissionnaire],
        places: Sequence[Place],
        annonces: int | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial: dict[str, Any] = dict(self.initial)
        self.annonces = annonces
        self.places = {
            place.pli.reference: place
            for place in reversed(places)
            if place.rang or place.elimination
        }
        self.offres = {s.pli.reference: s for s in sorted(offres, key=self._ordre)}
        if annonces:
            del self.fields["titulaires_prevus"]
        elif self.actuelle:
            self.initial.setdefault("titulaires_prevus", self.actuelle.titulaires_prevus)
        for reference, soumissionnaire in self.offres.items():
            self._ajouter(reference, soumissionnaire)
        self._proposer(annonces or 0)

    def _ordre(self, soumissionnaire: Soumissionnaire) -> int:
        place = self.places.get(soumissionnaire.pli.reference)
        return place.rang if place and place.rang else len(self.places) + 1

    def _ajouter(self, reference: str, soumissionnaire: Soumissionnaire) -> None:
        place = self.places.get(reference)
        rang = f", {place_dite(place)}" if place else ""
        self.fields[f"retenir-{reference}"] = forms.BooleanField(
            label=f"Retenir l'offre au récépissé {reference}{rang}", required=False
        )
        montant = MontantField(label="Montant hors taxes, en euros", required=False)
        montant.initial = place.montant if place else None
        self.fields[f"montant-{reference}"] = montant
        self.fields[f"avantages-{reference}"] = texte_long(
            "Ses caractéristiques et ses avantages", rows=2
        )

    def _proposer(self, combien: int) -> None:
        """Celles de la décision qui vaut ; sinon, les premières du classement."""
        if self.actuelle and self.actuelle.retenues:
            for retenue in self.actuelle.retenues:
                reference = retenue.pli.reference
                self.initial |= {
                    f"retenir-{reference}": True,
                    f"montant-{reference}": retenue.montant,
                }
                self.initial[f"avantages-{reference}"] = retenue.avantages
            return
        classees = [
            reference for reference in self.offres if (p := self.places.get(reference)) and p.rang
        ]
        self.initial |= {f"retenir-{reference}": True for reference in classees[:combien]}

    @property
    def lignes(self) -> list[tuple[Soumissionnaire, list[forms.BoundField]]]:
        """Chaque entreprise et ses champs : un groupe par offre à l'écran."""
        noms = ("retenir", "montant", "avantages")
        return [
            (s, [self[f"{nom}-{reference}"] for nom in noms])
            for reference, s in self.offres.items()
        ]

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        retenues = [reference for reference in self.offres if donnees.get(f"retenir-{reference}")]
        for reference in retenues:
            if (
                donnees.get(f"montant-{reference}") is None
                and f"montant-{reference}" not in self.errors
            ):
                self.add_error(f"montant-{reference}", "Écrivez le montant de cette offre.")
        if not retenues:
            self.add_error(None, "Retenez au moins une offre.")
        return donnees

    def projet(self) -> ProjetDAttribution:
        donnees = self.cleaned_data
        premiere, *autres = [
            self._choisie(reference) for reference in self.offres if donnees[f"retenir-{reference}"]
        ]
        return ProjetDAttribution(
            pli=premiere.pli,
            montant=premiere.montant,
            motif=donnees["motif"],
            avantages=premiere.avantages,
            variante=premiere.variante,
            motif_de_l_ecart=donnees["motif_de_l_ecart"],
            autres=tuple(autres),
            titulaires_prevus=self.annonces or donnees["titulaires_prevus"],
        )

    def _choisie(self, reference: str) -> OffreChoisie:
        """La variante est celle que l'analyse classe le mieux ; sans analyse, l'offre de base."""
        place = self.places.get(reference)
        return OffreChoisie(
            pli=self.offres[reference].pli,
            montant=self.cleaned_data[f"montant-{reference}"],
            avantages=self.cleaned_data[f"avantages-{reference}"],
            variante=place.variante if place else 0,
        )
