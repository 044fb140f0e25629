"""Qui entre où : l'entreprise, ses établissements, les collègues."""

from tests.architecture.adresses import Adresse, Monde, connexion, reserve_a_l_entreprise


def soi(monde: Monde) -> dict[str, str]:
    return {"reference": monde.membre.reference}


def collegue(monde: Monde) -> dict[str, str]:
    return {"reference": monde.collegue.reference}


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
    "entreprises:choisir": Adresse(reserve_a_l_entreprise(302), soi, absent, methodes=("post",)),
    "entreprises:quitter": Adresse(reserve_a_l_entreprise(), soi, absent, **FORMULAIRE),
    "entreprises:confirmer": Adresse(reserve_a_l_entreprise(302), collegue, absent, methodes=("post",)),
    "entreprises:retirer": Adresse(reserve_a_l_entreprise(), collegue, absent, **FORMULAIRE),
}
