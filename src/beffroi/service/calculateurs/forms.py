"""Ce que l'on demande pour calculer : la forme ici, le droit dans `droit`."""

from collections.abc import Iterable
from datetime import date

from django import forms

from beffroi.centre.tarif.rules.contribution import Demande, fautes
from beffroi.socle.guichet.champs.dates import JourField
from beffroi.socle.guichet.champs.nombres import EnChiffresField, MontantField
from droit.calendrier.procedure import Etapes, etapes_qui_se_suivent
from droit.tables import Procedure

ANNEE_MAXIMALE = 2100
PREMIER_EXERCICE = 2020
NOMBRE_MAXIMAL = 999_999
UN_ENTIER = {
    "required": "Donnez un nombre, même zéro.",
    "invalid": "Écrivez un nombre entier, en chiffres, comme 420.",
    "max_value": "Ce nombre est trop grand. Vérifiez-le.",
}
UN_EXERCICE = {
    "required": "Donnez l'année.",
    "invalid": "Écrivez l'année en chiffres, comme 2027.",
    "min_value": f"Donnez une année à partir de {PREMIER_EXERCICE}.",
    "max_value": "Cette année est trop loin pour un calcul. Vérifiez-la.",
}
PRESTATIONS = (
    ("travaux", "Des travaux"),
    ("fournitures", "Des fournitures"),
    ("services", "Des services"),
)
ACHETEURS = (
    ("pouvoir_adjudicateur", "Un pouvoir adjudicateur : commune, groupement, établissement public"),
    ("entite_adjudicatrice", "Une entité adjudicatrice : eau, énergie, transports"),
)
AXES = {
    "procédure": "Les procédures",
    "technique d'achat": "Les techniques d'achat",
    "forme d'exécution": "Les formes d'exécution",
    "régime": "Les régimes particuliers",
}
D_APRES_LE_MONTANT = ("", "Je ne sais pas : proposez, d'après le montant")


def lisible(jour: date) -> None:
    if jour.year > ANNEE_MAXIMALE:
        raise forms.ValidationError("Cette année est trop loin pour un calcul. Vérifiez-la.")


class JourDemandeForm(forms.Form):
    """À quelle date lire les tables."""

    date = JourField(label="À quelle date ?", required=False, validators=[lisible])


def par_axe(procedures: Iterable[Procedure]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Les procédures, puis ce qui n'en est pas une,
    chacun sous le nom de ce qu'il est (RGAA 11.8).
    """
    lues = list(procedures)
    return [
        (titre, [(p.cle, p.libelle) for p in lues if p.axe == axe]) for axe, titre in AXES.items()
    ]


class CalendrierForm(forms.Form):
    """Une procédure, ou de quoi la proposer ; puis les dates connues."""

    conditions = {
        "procedure": "ou donnez le montant",
        "montant": "si vous ne choisissez pas la procédure",
    }

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
    papier = forms.BooleanField(
        label="Les réponses peuvent arriver autrement qu'en ligne", required=False
    )
    urgence = forms.BooleanField(label="Une urgence justifiée raccourcit le délai", required=False)

    def __init__(self, data: object, *, procedures: Iterable[Procedure]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        champ = self.fields["procedure"]
        assert isinstance(champ, forms.ChoiceField)
        champ.choices = [D_APRES_LE_MONTANT, *par_axe(procedures)]

    def clean(self) -> dict[str, object]:
        donnees = self.cleaned_data
        if (
            not donnees.get("procedure")
            and donnees.get("montant") is None
            and "montant" not in self.errors
        ):
            self.add_error("montant", "Choisissez une procédure, ou donnez le montant estimé.")
        if not self.errors:
            suite = etapes_qui_se_suivent(self.etapes())
            for motif in suite.motifs:
                self.add_error("rejet" if "rejet" in motif.texte else "invitation", motif.texte)
        return donnees

    def etapes(self) -> Etapes:
        donnees = self.cleaned_data
        return Etapes(
            envoi=donnees["envoi"], invitation=donnees["invitation"], rejet=donnees["rejet"]
        )


class ContributionForm(forms.Form):
    """Un effectif, un volume, et les jours couverts s'ils ne font pas l'année."""

    agents = EnChiffresField(
        label="Nombre d'agents au 1er janvier",
        help_text="Ceux de la commune, du CCAS et de la caisse des écoles, ensemble.",
        error_messages=UN_ENTIER,
        max_value=NOMBRE_MAXIMAL,
    )
    volume = EnChiffresField(
        label="Consultations de l'année précédente",
        help_text=(
            "Une consultation compte une fois, quand elle est publiée ; "
            "ses lots ne comptent pas à part."
        ),
        error_messages=UN_ENTIER,
        max_value=NOMBRE_MAXIMAL,
    )
    exercice = EnChiffresField(
        label="Année de la contribution",
        min_value=PREMIER_EXERCICE,
        max_value=ANNEE_MAXIMALE,
        error_messages=UN_EXERCICE,
    )
    effet = JourField(
        label="Premier jour couvert",
        required=False,
        validators=[lisible],
        help_text="Vide : la convention couvrait déjà le 1er janvier.",
    )
    fin = JourField(
        label="Dernier jour couvert",
        required=False,
        validators=[lisible],
        help_text="Vide : la convention continue.",
    )

    def clean(self) -> dict[str, object]:
        if not self.errors:
            for champ, motif in fautes(self.demande()).items():
                self.add_error(champ, motif.texte)
        return self.cleaned_data

    def demande(self) -> Demande:
        return Demande(
            **{
                champ: self.cleaned_data[champ]
                for champ in ("agents", "volume", "exercice", "effet", "fin")
            }
        )
