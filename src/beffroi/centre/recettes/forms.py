"""Les formulaires de la comptable : la forme ici, ce qui se refuse dans les règles."""

from datetime import date, datetime
from typing import Any

from django import forms

from beffroi.centre.contributions.models import Contribution
from beffroi.centre.recettes.rules.soldes import RIEN
from beffroi.centre.recettes.services.paiements import Encaissement
from beffroi.centre.recettes.services.titres import Note
from beffroi.centre.recettes.tableaux import LONGUEUR_D_UN_LIBELLE, LONGUEUR_D_UNE_REFERENCE
from beffroi.socle.guichet.champs.dates import JourField
from beffroi.socle.guichet.champs.fichiers import FichierField
from beffroi.socle.guichet.champs.nombres import EnChiffresField, SommeField
from beffroi.socle.guichet.champs.textes import TexteField
from formats.dates import PARIS

ANNEES = (2000, 2100)
UN_ENTIER = {"required": "Donnez ce nombre.", "invalid": "Écrivez un nombre entier, en chiffres."}


class TitreForm(forms.Form):
    """Un titre que le logiciel financier a émis."""

    exercice = EnChiffresField(
        label="Exercice comptable",
        min_value=ANNEES[0],
        max_value=ANNEES[1],
        error_messages=UN_ENTIER,
    )
    numero = EnChiffresField(
        label="Numéro du titre", min_value=1, max_value=2_147_483_647, error_messages=UN_ENTIER
    )
    emis_le = JourField(label="Date d'émission")
    montant = SommeField(label="Montant du titre, en euros")

    def note(self) -> Note:
        return Note(**self.cleaned_data)

    @staticmethod
    def propose(contribution: Contribution, le: datetime) -> dict[str, Any]:
        """Ce qu'on recopie le plus souvent : l'année en cours, et ce qui est appelé."""
        return {
            "exercice": le.astimezone(PARIS).year,
            "montant": _ecrit(contribution.montant or RIEN),
        }


class PaiementForm(forms.Form):
    """Un encaissement, entier ou partiel."""

    numero = forms.CharField(
        label="Référence du comptable ou de la banque",
        max_length=LONGUEUR_D_UNE_REFERENCE,
        help_text="Elle empêche de noter deux fois le même encaissement.",
        error_messages={"required": "Donnez cette référence."},
    )
    recu_le = JourField(label="Encaissé le")
    montant = SommeField(label="Montant, en euros")
    libelle = forms.CharField(
        label="Ce que le relevé en dit", max_length=LONGUEUR_D_UN_LIBELLE, required=False
    )

    def encaissement(self) -> Encaissement:
        return Encaissement(**self.cleaned_data)


class DefaireForm(forms.Form):
    """Contre-passer un paiement, annuler un titre : un jour, une raison."""

    le = JourField(label="À la date du")
    motif = TexteField(
        label="Pourquoi ?",
        max_length=300,
        error_messages={"required": "Dites pourquoi : le relevé le montre."},
    )


class RapprochementForm(forms.Form):
    titre = forms.CharField(
        label="Numéro du titre, ou de l'appel",
        max_length=30,
        help_text="Par exemple 2027-118, ou C-2027-0031.",
        error_messages={"required": "Donnez le titre que ce paiement règle."},
    )
    garde_le_surplus = forms.BooleanField(
        label="Il dépasse ce que ce titre demande : garder le surplus, à rendre",
        required=False,
    )


class ImportForm(forms.Form):
    """Le fichier du logiciel financier."""

    fichier = FichierField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fichier"].label = "Fichier au format CSV"
        self.fields[
            "fichier"
        ].help_text = (
            "2 Mo et 5 000 lignes au plus, séparées par des points-virgules ou des virgules."
        )


def aujourd_hui(le: datetime) -> date:
    return le.astimezone(PARIS).date()


def _ecrit(montant: Any) -> str:
    return f"{montant:.2f}".replace(".", ",")
