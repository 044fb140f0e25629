"""Ce que l'on demande pour calculer : la forme ici, le droit dans `droit`."""

from collections.abc import Iterable
from datetime import date

from django import forms

from beffroi.atelier.forms import JourField
from beffroi.preparation.forms.champs import MontantField
from droit.calendrier.procedure import Etapes, etapes_qui_se_suivent
from droit.tables import Procedure

ANNEE_MAXIMALE = 2100
PRESTATIONS = (("travaux", "Des travaux"), ("fournitures", "Des fournitures"), ("services", "Des services"))
ACHETEURS = (
    ("pouvoir_adjudicateur", "Un pouvoir adjudicateur : commune, groupement, établissement public"),
    ("entite_adjudicatrice", "Une entité adjudicatrice : eau, énergie, transports"),
)
D_APRES_LE_MONTANT = ("", "Je ne sais pas : proposez, d'après le montant")


def lisible(jour: date) -> None:
    if jour.year > ANNEE_MAXIMALE:
        raise forms.ValidationError("Cette année est trop loin pour un calcul. Vérifiez-la.")


class JourDemandeForm(forms.Form):
    """À quelle date lire les tables."""

    date = JourField(label="À quelle date ?", required=False, validators=[lisible])


class CalendrierForm(forms.Form):
    """Une procédure, ou de quoi la proposer ; puis les dates connues."""

    procedure = forms.ChoiceField(label="Quelle procédure ?", required=False)
    prestation = forms.ChoiceField(label="Vous achetez", choices=PRESTATIONS, required=False)
    montant = MontantField(
        label="Montant estimé, en euros hors taxes",
        required=False,
        help_text="Toute la durée, reconductions comprises.",
    )
    acheteur = forms.ChoiceField(label="L'acheteur est", choices=ACHETEURS, required=False)
    envoi = JourField(
        label="Jour où l'avis partira",
        validators=[lisible],
        error_messages={"required": "Donnez le jour où l'avis partira."},
    )
    invitation = JourField(
        label="Jour où l'invitation partira",
        required=False,
        validators=[lisible],
        help_text="Pour une procédure en deux temps.",
    )
    rejet = JourField(
        label="Jour où la dernière lettre de rejet partira",
        required=False,
        validators=[lisible],
        help_text="Il donne le premier jour de signature.",
    )
    preinformation = JourField(
        label="Jour d'envoi d'un avis de préinformation",
        required=False,
        validators=[lisible],
        help_text="Il peut raccourcir le délai.",
    )
    papier = forms.BooleanField(label="Les réponses peuvent arriver autrement qu'en ligne", required=False)
    urgence = forms.BooleanField(label="Une urgence justifiée raccourcit le délai", required=False)

    def __init__(self, data: object, *, procedures: Iterable[Procedure]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        champ = self.fields["procedure"]
        assert isinstance(champ, forms.ChoiceField)
        champ.choices = [D_APRES_LE_MONTANT, *((procedure.cle, procedure.libelle) for procedure in procedures)]

    def clean(self) -> dict[str, object]:
        donnees = self.cleaned_data
        if not donnees.get("procedure") and donnees.get("montant") is None and "montant" not in self.errors:
            self.add_error("montant", "Choisissez une procédure, ou donnez le montant estimé.")
        if not self.errors:
            suite = etapes_qui_se_suivent(self.etapes())
            for motif in suite.motifs:
                self.add_error("rejet" if "rejet" in motif.texte else "invitation", motif.texte)
        return donnees

    def etapes(self) -> Etapes:
        donnees = self.cleaned_data
        return Etapes(envoi=donnees["envoi"], invitation=donnees["invitation"], rejet=donnees["rejet"])
