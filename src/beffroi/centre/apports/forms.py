"""Renvoyer une délibération ou un exemplaire signé, sans compte ;
l'examiner, au centre de gestion.
"""

from django import forms

from beffroi.centre.apports.services import Saisie
from beffroi.centre.conventions.forms import AvecFichier, constat
from beffroi.socle.guichet.champs.dates import JourField
from beffroi.socle.guichet.champs.textes import texte


class DeliberationForm(AvecFichier):
    """Les dates se recopient de la délibération."""

    de = texte("Votre nom", longueur=120)
    numero = texte("Numéro de la délibération", longueur=60)
    date = JourField(label="Date de la délibération")
    executoire_le = JourField(
        label="Exécutoire le",
        help_text="Le jour de sa publication et de sa transmission au préfet.",
    )

    field_order = ("numero", "date", "executoire_le", "fichier", "de")

    def saisie(self) -> Saisie:
        saisi = self.cleaned_data
        return Saisie(
            saisi["de"], saisi["date"], self.choisi(), saisi["numero"], saisi["executoire_le"]
        )


class ExemplaireForm(AvecFichier):
    """L'exemplaire signé : numérisé, ou signé électroniquement."""

    de = texte("Votre nom", longueur=120)
    date = JourField(
        label="Date de la signature", help_text="Celle qui est écrite sur le document."
    )

    field_order = ("date", "fichier", "de")

    def saisie(self) -> Saisie:
        saisi = self.cleaned_data
        return Saisie(saisi["de"], saisi["date"], self.choisi())


FORMULAIRES: dict[str, type[DeliberationForm] | type[ExemplaireForm]] = {
    "deliberation": DeliberationForm,
    "exemplaire": ExemplaireForm,
}


class RetenirForm(forms.Form):
    """Ce que le centre ajoute pour produire l'exemplaire à signer, ou pour retenir le signé."""

    date_de_l_acte = JourField(label="Date à porter sur l'exemplaire à signer")
    constat = constat()


class RefaireForm(forms.Form):
    motif = texte(
        "Ce qui ne va pas, et quoi renvoyer",
        "La collectivité le lit mot pour mot.",
        longueur=1000,
        lignes=3,
    )
