"""Les données personnelles : RC-46."""

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import absence, tait


def _contact(projet: Projet) -> Reponses:
    if not projet.achat.acheteur.contact_donnees_personnelles.strip():
        yield Ecart(
            quoi="Le contact pour les données personnelles n'est pas renseigné.",
            attendu="l'adresse du délégué à la protection des données",
            remede="Ajoutez-le dans la fiche de l'organisme.",
        )


def _information(reglement: Reglement) -> Reponses:
    if tait(reglement, "données personnelles"):
        yield absence(
            "Le règlement ne dit rien des données personnelles.",
            attendu="qui les traite, pourquoi, combien de temps, et à qui écrire",
            remede="Ajoutez l'information prévue par le RGPD.",
        )


FONCTIONS = {
    "RC-46": Fonctions(projet=_contact, texte=_information),
}
