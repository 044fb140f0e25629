"""Question 2 : combien, et sur quelle durée ?"""

from decimal import Decimal
from typing import Any

from django import forms

from beffroi.achat.preparation.rules.composition import FaitsDeLaConsultation
from beffroi.achat.preparation.rules.reponses import AUCUNE_REPONSE, Montant, Reponses
from beffroi.socle.guichet.champs.nombres import MoisField, MontantField
from beffroi.socle.guichet.champs.textes import PhraseField
from droit.achat import AccordCadre
from droit.en_vigueur import Droit
from droit.phrases import en_clair

MODES = [
    ("bons de commande", "Par bons de commande : les prix sont fixés d'avance"),
    (
        "marchés subséquents",
        "Par marchés subséquents : vous remettez en concurrence à chaque besoin",
    ),
    ("bons de commande et marchés subséquents", "Les deux"),
]


class MontantForm(forms.Form):
    """Le montant du besoin entier, hors taxes :
    la loi compte toute la durée et les achats semblables.
    """

    estime = MontantField(
        label="Montant estimé, hors taxes, sur toute la durée",
        help_text=(
            "Reconductions et options comprises. Un ordre de grandeur sérieux suffit. "
            "Seul un avis européen le publie."
        ),
        error_messages={"required": "Donnez un montant estimé : le régime en dépend."},
    )
    achats_semblables = MontantField(
        label="Autres achats semblables cette année, hors taxes",
        required=False,
        help_text=(
            "Les mêmes fournitures ou services, ou les autres marchés du même chantier. "
            "Ils s'ajoutent."
        ),
    )
    duree_en_mois = MoisField(
        label="Durée du marché, en mois",
        help_text="Sans les reconductions. Pour un chantier : du démarrage à la réception.",
        error_messages={"required": "Donnez la durée en mois."},
    )
    reconductions = forms.IntegerField(
        label="Nombre de reconductions",
        required=False,
        min_value=0,
        max_value=20,
        help_text="Vide : aucune.",
    )
    mois_par_reconduction = MoisField(label="Durée de chaque reconduction, en mois", required=False)
    accord_cadre = forms.BooleanField(
        label="Vous commanderez au fur et à mesure, sans quantité fixée d'avance (accord-cadre)",
        required=False,
    )
    mode = forms.ChoiceField(label="Comment commanderez-vous ?", choices=MODES, required=False)
    maximum = MontantField(
        label="Maximum de l'accord-cadre, hors taxes",
        required=False,
        help_text="Il est obligatoire pour un accord-cadre (CCP, art. R. 2162-4).",
    )
    maximum_en_quantite = forms.CharField(
        label="Ou un maximum en quantité",
        required=False,
        max_length=200,
        help_text="Si le montant ne se dit pas d'avance. Par exemple : 400 tonnes d'enrobé.",
    )
    minimum = MontantField(label="Minimum de l'accord-cadre, hors taxes", required=False)
    titulaires = forms.IntegerField(
        label="Nombre d'entreprises retenues, au plus",
        required=False,
        min_value=1,
        max_value=50,
        help_text="Vide : une.",
    )
    justification_de_la_duree = PhraseField(
        label="Pourquoi une durée plus longue que celle de la loi ?"
    )

    def selon(self, droit: Droit) -> None:
        """Dit combien de temps un accord-cadre dure,
        au plus, sans se justifier (CCP, art. L. 2125-1).
        """
        ordinaire, reseau = (
            en_clair(lue.valeur, lue.unite)
            for lue in map(
                droit.valeur_connue,
                (
                    "accord_cadre.duree.pouvoir_adjudicateur",
                    "accord_cadre.duree.entite_adjudicatrice",
                ),
            )
        )
        justification = self.fields["justification_de_la_duree"]
        justification.label = f"Pourquoi plus de {ordinaire} ?"
        justification.help_text = (
            f"Vide si l'accord-cadre dure {ordinaire} au plus ({reseau} pour un réseau)."
        )

    @classmethod
    def valeurs(cls, faits: FaitsDeLaConsultation, reponses: Reponses) -> dict[str, Any]:
        dit = reponses.montant
        if dit is None:
            return {}
        cadre = dit.accord_cadre
        return {
            "estime": dit.estime,
            "achats_semblables": dit.achats_semblables or None,
            "duree_en_mois": dit.duree_en_mois,
            "reconductions": dit.reconductions or None,
            "mois_par_reconduction": dit.mois_par_reconduction or None,
            "accord_cadre": cadre is not None,
            "mode": cadre.mode if cadre else "bons de commande",
            **_bornes(cadre or AccordCadre()),
        }

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if donnees.get("reconductions") and not donnees.get("mois_par_reconduction"):
            self.add_error(
                "mois_par_reconduction", "Dites combien de mois dure chaque reconduction."
            )
        minimum, maximum = donnees.get("minimum"), donnees.get("maximum")
        if minimum is not None and maximum is not None and minimum > maximum:
            self.add_error("minimum", "Le minimum dépasse le maximum.")
        return donnees

    def reponse(self, avant: Reponses = AUCUNE_REPONSE) -> Montant:
        donnees = self.cleaned_data
        reconductions = donnees["reconductions"] or 0
        return Montant(
            estime=donnees["estime"],
            achats_semblables=donnees["achats_semblables"] or Decimal(0),
            duree_en_mois=donnees["duree_en_mois"],
            reconductions=reconductions,
            mois_par_reconduction=donnees["mois_par_reconduction"] or 0 if reconductions else 0,
            accord_cadre=self._accord_cadre() if donnees["accord_cadre"] else None,
        )

    def _accord_cadre(self) -> AccordCadre:
        donnees = self.cleaned_data
        return AccordCadre(
            mode=donnees["mode"] or "bons de commande",
            maximum_en_valeur=donnees["maximum"],
            maximum_en_quantite=donnees["maximum_en_quantite"].strip(),
            minimum_en_valeur=donnees["minimum"],
            titulaires_maximum=donnees["titulaires"] or 1,
            justification_de_la_duree=donnees["justification_de_la_duree"].strip(),
        )

    def champs(self) -> dict[str, Any]:
        return {}


def _bornes(cadre: AccordCadre) -> dict[str, Any]:
    return {
        "maximum": cadre.maximum_en_valeur,
        "maximum_en_quantite": cadre.maximum_en_quantite,
        "minimum": cadre.minimum_en_valeur,
        "titulaires": cadre.titulaires_maximum if cadre.titulaires_maximum > 1 else None,
        "justification_de_la_duree": cadre.justification_de_la_duree,
    }
