"""Qui entre où : l'entreprise, ses établissements, les collègues."""

from beffroi.entreprises import invitations
from tests.architecture.adresses import Adresse, Monde, connexion, reserve_a_l_entreprise


def soi(monde: Monde) -> dict[str, str]:
    return {"reference": monde.membre.reference}


def collegue(monde: Monde) -> dict[str, str]:
    return {"reference": monde.collegue.reference}


def invitation(monde: Monde) -> dict[str, str]:
    """Une invitation de Kévin à Sophie, pour l'établissement où elle est déjà : elle seule la lit."""
    courriel = monde.membre.utilisateur.courriel
    return {"jeton": invitations.jeton(par=monde.collegue, courriel=courriel, le=monde.maintenant)}


def absent(monde: Monde) -> dict[str, str]:
    return {"reference": "M-22222222"}


FORMULAIRE = {"methodes": ("get", "post"), "par_methode": {"post": reserve_a_l_entreprise(302)}}

ADRESSES = {
    "entreprises:entreprise": Adresse(connexion()),
    "entreprises:rattacher": Adresse(
        connexion(),
        methodes=("get", "post"),
        par_methode={"post": connexion(302)},
        donnees={"siret": "732 829 320 00074", "raison_sociale": "Atelier du Faîtage"},
    ),
    "entreprises:inviter": Adresse(
        connexion(403, entreprise=200, entreprise_etrangere=200),
        methodes=("get", "post"),
        par_methode={"post": connexion(403, entreprise=302, entreprise_etrangere=302)},
        donnees={"courriel": "nouvelle@atelier.example"},
    ),
    "entreprises:invitation": Adresse(
        reserve_a_l_entreprise(), invitation, lambda monde: {"jeton": "faux"}, methodes=("get",)
    ),
    "entreprises:choisir": Adresse(reserve_a_l_entreprise(302), soi, absent, methodes=("post",)),
    "entreprises:quitter": Adresse(reserve_a_l_entreprise(), soi, absent, **FORMULAIRE),
    "entreprises:confirmer": Adresse(reserve_a_l_entreprise(302), collegue, absent, methodes=("post",)),
    "entreprises:retirer": Adresse(reserve_a_l_entreprise(), collegue, absent, **FORMULAIRE),
}
