"""Question 3 : en plusieurs lots ?"""

from dataclasses import replace
from typing import Any

from django import forms

from beffroi.achat.preparation.forms.saisies import SaisieCachee, SaisieDeLigne
from beffroi.achat.preparation.rules.composition import FaitsDeLaConsultation
from beffroi.achat.preparation.rules.reponses import AUCUNE_REPONSE, Reponses
from beffroi.socle.guichet.champs.lignes import FormulaireAvecLignes
from beffroi.socle.guichet.champs.nombres import MontantField
from droit.achat import Allotissement, Lot

MOTIFS = [
    ("", "Choisissez une raison, si vous ne faites pas de lots"),
    (
        "L'objet du marché ne permet pas de distinguer des prestations séparées.",
        "On ne peut pas distinguer de prestations séparées",
    ),
    (
        (
            "La commune n'est pas en mesure d'assurer elle-même l'organisation, "
            "le pilotage et la coordination des lots."
        ),
        "Nous ne pouvons pas coordonner plusieurs entreprises",
    ),
    (
        (
            "La dévolution en lots séparés rendrait l'exécution techniquement difficile ou "
            "financièrement plus coûteuse."
        ),
        "Des lots rendraient l'exécution plus difficile ou plus chère",
    ),
    (
        "La dévolution en lots séparés serait de nature à restreindre la concurrence.",
        "Des lots réduiraient la concurrence",
    ),
]


_NOUVEAU = Lot(numero=0, intitule="")


class LotForm(forms.Form):
    """Un lot : son nom, son montant, son code."""

    intitule = forms.CharField(
        label="Intitulé du lot",
        max_length=200,
        widget=SaisieDeLigne,
        error_messages={"required": "Nommez ce lot."},
    )
    montant = MontantField(
        label="Montant estimé, hors taxes",
        required=False,
        widget=SaisieDeLigne(attrs={"inputmode": "decimal"}),
        help_text="Vide : un point à relire avant de publier.",
    )
    code_cpv = forms.RegexField(
        label="Code CPV, huit chiffres",
        regex=r"^\d{8}(-\d)?$",
        required=False,
        widget=SaisieDeLigne,
        error_messages={"invalid": "Écrivez huit chiffres, par exemple 45261210-9."},
    )
    # Le numéro qu'il avait : ce qu'il a de particulier le suit, quand un lot d'avant s'efface.
    numero = forms.IntegerField(required=False, widget=SaisieCachee)

    def has_changed(self) -> bool:
        return bool({"intitule", "montant", "code_cpv"} & set(self.changed_data))


class LotsForm(FormulaireAvecLignes):
    """Des lots, ou la raison de n'en pas faire (CCP, art. L. 2113-10 et L. 2113-11)."""

    ligne = LotForm
    discrets = frozenset({"numero"})
    motif = forms.ChoiceField(label="Pourquoi pas de lots ?", choices=MOTIFS, required=False)
    precision = forms.CharField(
        label="Précisez en une phrase",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Le juge regarde la raison propre à votre achat, pas la formule.",
    )
    maximum_de_lots_soumis = forms.IntegerField(
        label="Nombre de lots auxquels une même entreprise peut répondre",
        required=False,
        min_value=1,
        max_value=120,
        help_text="Vide : tous.",
    )
    maximum_de_lots_attribues = forms.IntegerField(
        label="Nombre de lots qu'une même entreprise peut gagner",
        required=False,
        min_value=1,
        max_value=120,
        help_text="Vide : tous.",
    )
    regle = forms.CharField(
        label="Si elle en gagne davantage, comment choisir ?",
        required=False,
        max_length=300,
        help_text="Par exemple : les lots du plus fort montant d'abord.",
    )

    @classmethod
    def valeurs(cls, faits: FaitsDeLaConsultation, reponses: Reponses) -> dict[str, Any]:
        dit = reponses.allotissement or Allotissement()
        debut = next(
            (motif for motif, _ in MOTIFS if motif and dit.motif_sans_lot.startswith(motif)), ""
        )
        return {
            "motif": debut,
            "precision": dit.motif_sans_lot.removeprefix(debut).strip(),
            "maximum_de_lots_soumis": None
            if dit.maximum_de_lots_soumis == len(dit.lots)
            else dit.maximum_de_lots_soumis,
            "maximum_de_lots_attribues": dit.maximum_de_lots_attribues,
            "regle": dit.regle_si_plus_de_lots_gagnes,
        }

    @classmethod
    def lignes_de(cls, faits: FaitsDeLaConsultation, reponses: Reponses) -> list[dict[str, Any]]:
        dits = {
            lot.numero: lot
            for lot in (reponses.allotissement.lots if reponses.allotissement else ())
        }
        return [
            {
                "numero": lot.numero,
                "intitule": lot.intitule,
                "code_cpv": lot.code_cpv,
                "montant": dits[lot.numero].montant_estime if lot.numero in dits else None,
            }
            for lot in faits.lots
        ]

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if len(self.remplies) == 1:
            self.add_error(
                None, "Un seul lot n'est pas un découpage. Ajoutez-en un, ou effacez-le."
            )
        if not self.remplies and not (donnees.get("motif") or donnees.get("precision")):
            self.add_error(
                "motif", "Sans lots, dites pourquoi : c'est une obligation (CCP, art. L. 2113-11)."
            )
        if donnees.get("maximum_de_lots_attribues") and not donnees.get("regle"):
            self.add_error(
                "regle", "Dites comment choisir les lots d'une entreprise qui en gagne trop."
            )
        return donnees

    def reponse(self, avant: Reponses = AUCUNE_REPONSE) -> Allotissement:
        donnees, lignes = self.cleaned_data, self.remplies
        anciens = (
            {lot.numero: lot for lot in avant.allotissement.lots} if avant.allotissement else {}
        )
        motif = (
            ""
            if lignes
            else " ".join(filter(None, (donnees["motif"], donnees["precision"].strip())))
        )
        return Allotissement(
            lots=tuple(
                replace(
                    anciens.get(ligne["numero"], _NOUVEAU),
                    numero=numero,
                    intitule=ligne["intitule"],
                    code_cpv=ligne["code_cpv"],
                    montant_estime=ligne["montant"],
                )
                for numero, ligne in enumerate(lignes, start=1)
            ),
            motif_sans_lot=motif,
            maximum_de_lots_soumis=min(
                donnees["maximum_de_lots_soumis"] or len(lignes), len(lignes)
            )
            or None,
            maximum_de_lots_attribues=donnees["maximum_de_lots_attribues"] if lignes else None,
            regle_si_plus_de_lots_gagnes=donnees["regle"] if lignes else "",
        )

    def champs(self) -> dict[str, Any]:
        return {}
