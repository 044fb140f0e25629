"""Les conditions : tout a une valeur d'usage ; on n'y vient que pour en changer."""

from typing import Any

from django import forms

from beffroi.achat.preparation.rules.composition import (
    VARIANTES_PROPOSEES,
    FaitsDeLaConsultation,
    ccag_usuel,
    nature_supposee,
)
from beffroi.achat.preparation.rules.reponses import AUCUNE_REPONSE, Exigences, Reponses
from beffroi.socle.guichet.champs.nombres import MontantField
from beffroi.socle.guichet.champs.textes import PhraseField
from droit.achat import Candidature, CopieDeSauvegarde, Negociation, ccag_lisible
from droit.en_vigueur import Droit
from droit.phrases import en_clair

VARIANTES = [
    ("interdites", "Interdites (proposé)"),
    ("autorisées", "Autorisées"),
    ("exigées", "Exigées"),
]
GROUPEMENTS = [
    ("", "Libre"),
    ("conjoint", "Conjoint, après l'attribution"),
    ("solidaire", "Solidaire, après l'attribution"),
]
RESERVES = [
    ("", "Non"),
    (
        "entreprises adaptées et établissements d'aide par le travail",
        "Entreprises adaptées et ESAT",
    ),
    ("structures d'insertion par l'activité économique", "Structures d'insertion"),
    (
        "entreprises de l'économie sociale et solidaire",
        "Économie sociale, pour des services sociaux",
    ),
]


class ExigencesForm(forms.Form):
    """Ce que l'on demande, au-delà des pièces."""

    variantes = forms.ChoiceField(
        label="Variantes", choices=VARIANTES, required=False, widget=forms.RadioSelect
    )
    exigences_des_variantes = PhraseField(
        label="Ce qu'une variante doit respecter",
        help_text=(
            "À remplir si elles sont autorisées ou exigées. Par exemple : "
            "la même durée de garantie."
        ),
    )
    negociation = forms.BooleanField(label="Vous pourrez négocier", required=False)
    attribution_sans_negociation = forms.BooleanField(
        label="Vous pourrez aussi attribuer sans négocier", required=False
    )
    phases_de_negociation = PhraseField(label="Comment la négociation se passe")
    validite_en_jours = forms.IntegerField(
        label="Durée de validité des offres, en jours", min_value=1, max_value=730, initial=120
    )
    visite = PhraseField(label="Visite du site : quand, et qui appeler", help_text="Vide : aucune.")
    visite_obligatoire = forms.BooleanField(label="La visite est obligatoire", required=False)
    echantillons = PhraseField(
        label="Échantillons : lesquels, où, jusqu'à quand", help_text="Vide : aucun."
    )
    chiffre_d_affaires_minimal = MontantField(
        label="Chiffre d'affaires annuel minimal, hors taxes",
        required=False,
    )
    motif_du_chiffre_d_affaires = PhraseField(label="Pourquoi ce chiffre d'affaires ?")
    reserve_a = forms.ChoiceField(label="Marché réservé", choices=RESERVES, required=False)
    forme_de_groupement = forms.ChoiceField(
        label="Forme d'un groupement", choices=GROUPEMENTS, required=False
    )
    motif_de_la_forme = PhraseField(label="Pourquoi cette forme ?")
    cumul_de_candidatures_interdit = forms.BooleanField(
        label="Une entreprise ne peut pas répondre seule et dans un groupement", required=False
    )
    ccag = forms.ChoiceField(label="Cahier général (CCAG)", required=False)
    adresse_de_sauvegarde = PhraseField(
        label="Adresse pour les copies de sauvegarde", help_text="Vide : l'adresse de l'organisme."
    )
    horaires_de_sauvegarde = forms.CharField(
        label="Jours et heures où les remettre",
        required=False,
        max_length=200,
        help_text=(
            "Par exemple : du lundi au vendredi, 9 h à 12 h. Vide : "
            "aux heures d'ouverture de l'accueil."
        ),
    )
    signature_exigee = forms.BooleanField(
        label="L'offre doit être signée dès le dépôt", required=False
    )
    motif_de_la_signature = forms.CharField(
        label="Pourquoi dès le dépôt ?",
        required=False,
        help_text="Aucun texte ne l'exige : beaucoup y renoncent.",
    )
    financement = PhraseField(
        label="Financement", help_text="Par exemple : budget communal, subventions."
    )

    def selon(self, droit: Droit) -> None:
        """Offre les cahiers généraux que la loi connaît ce jour-là,
        et dit jusqu'où va le chiffre d'affaires exigé.
        """
        plafond = droit.valeur_connue("candidature.chiffre_d_affaires.plafond")
        self.fields["chiffre_d_affaires_minimal"].help_text = (
            f"Vide : aucun. Au plus {en_clair(plafond.valeur, plafond.unite)} du montant estimé, "
            "sauf justification."
        )
        noms = droit.valeur_connue("liste.ccag").liste
        choix: Any = self.fields["ccag"]
        choix.choices = [("", "Celui de l'usage"), *((nom, ccag_lisible(nom)) for nom in noms)]

    @classmethod
    def valeurs(cls, faits: FaitsDeLaConsultation, reponses: Reponses) -> dict[str, Any]:
        dit = reponses.exigences or Exigences()
        return {
            **{
                nom: getattr(dit.candidature, nom)
                for nom in (
                    "chiffre_d_affaires_minimal",
                    "motif_du_chiffre_d_affaires",
                    "reserve_a",
                    "forme_de_groupement",
                    "motif_de_la_forme",
                    "cumul_de_candidatures_interdit",
                )
            },
            **{
                nom: getattr(dit, nom)
                for nom in (
                    "exigences_des_variantes",
                    "validite_en_jours",
                    "visite",
                    "visite_obligatoire",
                    "echantillons",
                    "signature_exigee",
                    "motif_de_la_signature",
                    "financement",
                )
            },
            "variantes": dit.variantes or VARIANTES_PROPOSEES,
            "negociation": dit.negociation.prevue,
            "attribution_sans_negociation": dit.negociation.attribution_sans_negociation,
            "phases_de_negociation": dit.negociation.phases,
            "ccag": dit.ccag or ccag_usuel(reponses.nature or nature_supposee(faits)),
            "adresse_de_sauvegarde": dit.copie_de_sauvegarde.adresse or faits.adresse_de_remise,
            "horaires_de_sauvegarde": dit.copie_de_sauvegarde.horaires,
        }

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if donnees.get("forme_de_groupement") and not donnees.get("motif_de_la_forme"):
            self.add_error(
                "motif_de_la_forme", "Imposer une forme se justifie (CCP, art. R. 2142-22)."
            )
        if donnees.get("variantes") in {"autorisées", "exigées"} and not donnees.get(
            "exigences_des_variantes"
        ):
            self.add_error(
                "exigences_des_variantes",
                (
                    "Écrivez ce qu'une variante doit respecter, ou interdisez les variantes (CCP, "
                    "art. R. 2151-10)."
                ),
            )
        if donnees.get("signature_exigee") and not donnees.get("motif_de_la_signature"):
            self.add_error(
                "motif_de_la_signature", "Dites pourquoi : aucun texte n'exige de signer au dépôt."
            )
        return donnees

    def reponse(self, avant: Reponses = AUCUNE_REPONSE) -> Exigences:
        donnees = self.cleaned_data
        return Exigences(
            candidature=Candidature(
                chiffre_d_affaires_minimal=donnees["chiffre_d_affaires_minimal"],
                motif_du_chiffre_d_affaires=donnees["motif_du_chiffre_d_affaires"],
                reserve_a=donnees["reserve_a"],
                forme_de_groupement=donnees["forme_de_groupement"],
                motif_de_la_forme=donnees["motif_de_la_forme"],
                cumul_de_candidatures_interdit=donnees["cumul_de_candidatures_interdit"],
            ),
            variantes=donnees["variantes"] or None,
            exigences_des_variantes=donnees["exigences_des_variantes"],
            negociation=Negociation(
                prevue=donnees["negociation"],
                attribution_sans_negociation=donnees["attribution_sans_negociation"],
                phases=donnees["phases_de_negociation"],
            ),
            validite_en_jours=donnees["validite_en_jours"],
            visite=donnees["visite"],
            visite_obligatoire=donnees["visite_obligatoire"],
            echantillons=donnees["echantillons"],
            ccag=donnees["ccag"],
            copie_de_sauvegarde=CopieDeSauvegarde(
                adresse=donnees["adresse_de_sauvegarde"], horaires=donnees["horaires_de_sauvegarde"]
            ),
            signature_exigee=donnees["signature_exigee"],
            motif_de_la_signature=donnees["motif_de_la_signature"],
            financement=donnees["financement"],
        )

    def champs(self) -> dict[str, Any]:
        return {"adresse_de_remise": self.cleaned_data["adresse_de_sauvegarde"]}
