"""Question 1 : qu'achetez-vous ?"""

from typing import Any

from django import forms
from django.conf import settings

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules.fiche import Fiche
from beffroi.achat.preparation.rules.composition import FaitsDeLaConsultation
from beffroi.achat.preparation.rules.defense import DEFENSE, POURQUOI_PAS
from beffroi.achat.preparation.rules.reponses import AUCUNE_REPONSE, Nature, Reponses
from formats.nomenclatures.suggestion import Proposition, proposer

PRESTATIONS = [
    ("travaux", "Des travaux : construire, réparer, aménager"),
    ("fournitures", "Des fournitures : acheter ou louer des biens"),
    ("services", "Des services : entretien, repas, études, assurance"),
    ("maitrise_d_oeuvre", "Une maîtrise d'œuvre : un architecte, un bureau d'études"),
    ("concession", "Une concession : l'entreprise se paie sur l'exploitation"),
]
CAS_PARTICULIERS = (
    "services_sociaux_ou_specifiques",
    "opere_un_reseau",
    "dispense_de_concours",
    "defense",
)
_NATURES = {"maitrise_d_oeuvre": "services"}


class NatureForm(forms.Form):
    """Ce que l'on achète. Le reste s'en déduit."""

    titre = forms.CharField(
        label="Qu'achetez-vous ?",
        max_length=200,
        help_text="En une ligne. Par exemple : Réfection de la toiture de l'école.",
        error_messages={"required": "Écrivez en une ligne ce que vous achetez."},
    )
    objet = forms.CharField(
        label="Décrivez l'achat en quelques phrases",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={
            "required": "Décrivez l'achat : une entreprise doit savoir si elle est concernée."
        },
    )
    prestation = forms.ChoiceField(
        label="C'est plutôt…",
        choices=PRESTATIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une ligne : les seuils en dépendent."},
    )
    lieu = forms.CharField(
        label="Où ?",
        max_length=200,
        required=False,
        help_text="La commune, ou l'adresse du chantier.",
    )
    code_cpv = forms.RegexField(
        label="Code CPV",
        regex=r"^\d{8}(-\d)?$",
        required=False,
        help_text=(
            "Huit chiffres. Il aide les entreprises à vous trouver. Vide : "
            "nous le proposons d'après vos mots."
        ),
        widget=forms.TextInput(attrs={"list": "codes-proposes"}),
        error_messages={"invalid": "Écrivez huit chiffres, par exemple 45261210-9."},
    )
    services_sociaux_ou_specifiques = forms.BooleanField(
        label=(
            "Ce sont des services sociaux, de santé, d'éducation, "
            "de culture ou de restauration collective"
        ),
        required=False,
    )
    opere_un_reseau = forms.BooleanField(
        label="C'est pour un réseau que vous exploitez : eau, énergie, transport", required=False
    )
    dispense_de_concours = forms.BooleanField(
        label="Pour la maîtrise d'œuvre : c'est une réhabilitation, un réseau ou une voirie",
        required=False,
    )
    defense = forms.BooleanField(
        label="C'est un marché de défense ou de sécurité",
        required=False,
        help_text=(
            "Il a ses règles propres (CCP, art. R. 2332-5). "
            "Faites relire ce que la plateforme propose."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not settings.DEFENSE_OU_SECURITE:
            self.fields["defense"].disabled = True
            self.fields["defense"].help_text = POURQUOI_PAS

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if donnees.get("defense") and donnees.get("prestation") == "concession":
            self.add_error(
                "defense", "Une concession de défense ou de sécurité ne se prépare pas ici."
            )
        return donnees

    @classmethod
    def valeurs(cls, faits: FaitsDeLaConsultation, reponses: Reponses) -> dict[str, Any]:
        nature = reponses.nature
        dites = {nom: getattr(faits, nom) for nom in ("titre", "objet", "lieu", "code_cpv")}
        if nature is None:
            return dites
        return {
            **dites,
            "prestation": _choix_de(nature),
            "services_sociaux_ou_specifiques": nature.services_sociaux_ou_specifiques,
            "opere_un_reseau": nature.opere_un_reseau,
            "dispense_de_concours": nature.dispense_de_concours,
            "defense": nature.contrat == DEFENSE,
        }

    def reponse(self, avant: Reponses = AUCUNE_REPONSE) -> Nature:
        donnees = self.cleaned_data
        prestation = donnees["prestation"]
        concession = prestation == "concession"
        # Une case que l'on ne peut pas décocher garde ce qui a été dit :
        # le service dira pourquoi il refuse.
        etait_de_defense = avant.nature is not None and avant.nature.contrat == DEFENSE
        defense = etait_de_defense if self.fields["defense"].disabled else donnees["defense"]
        return Nature(
            prestation="services"
            if prestation in {"maitrise_d_oeuvre", "concession"}
            else prestation,
            contrat="concession" if concession else DEFENSE if defense else "marché",
            opere_un_reseau=donnees["opere_un_reseau"],
            maitrise_d_oeuvre=prestation == "maitrise_d_oeuvre",
            dispense_de_concours=donnees["dispense_de_concours"],
            services_sociaux_ou_specifiques=donnees["services_sociaux_ou_specifiques"],
        )

    def champs(self) -> dict[str, Any]:
        """Ce que la consultation retient elle-même."""
        donnees = self.cleaned_data
        nature = _NATURES.get(donnees["prestation"], donnees["prestation"])
        code = donnees["code_cpv"] or next((propose.code for propose in self.codes_proposes), "")
        return {
            **{nom: donnees[nom] for nom in ("titre", "objet", "lieu")},
            "code_cpv": code,
            "nature": nature,
        }

    @property
    def sort_de_l_ordinaire(self) -> bool:
        """Un cas particulier est déjà dit : son volet reste ouvert."""
        return any(self[nom].value() for nom in CAS_PARTICULIERS)

    @property
    def codes_proposes(self) -> list[Proposition]:
        """Les codes que les mots du titre désignent :
        le premier est pris si la personne n'en donne pas.
        """
        return proposer(str(self["titre"].value() or ""))

    def fiche(self) -> Fiche:
        return Fiche(**self.champs())


def _choix_de(nature: Nature) -> str:
    if nature.contrat == "concession":
        return str(Consultation.Nature.CONCESSION)
    return "maitrise_d_oeuvre" if nature.maitrise_d_oeuvre else nature.prestation
