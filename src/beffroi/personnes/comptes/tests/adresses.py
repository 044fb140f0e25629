"""Qui entre où : le compte, ses jetons, l'invitation."""

from beffroi.personnes.comptes.liens import jeton
from beffroi.personnes.comptes.services import attendre, delivrer_jeton
from tests.architecture.adresses import Adresse, Monde, connexion, publique, reserve_a_l_entreprise


def planter(monde: Monde) -> None:
    monde.objets["jeton"], _ = delivrer_jeton(
        utilisateur=monde.membre.utilisateur, libelle="Outil de dépôt", maintenant=monde.maintenant
    )
    invite = attendre(courriel="invite@bomy.example", nom="Bernard", maintenant=monde.maintenant)
    monde.objets["invite"] = invite
    monde.objets["invitation"] = jeton(invite, le=monde.maintenant)


ADRESSES = {
    "comptes:securite": Adresse(connexion()),
    "comptes:presence": Adresse(connexion(204), methodes=("post",)),
    "comptes:fermer_les_connexions": Adresse(connexion(302), methodes=("post",)),
    "comptes:delivrer_jeton": Adresse(
        connexion(),
        methodes=("post",),
        donnees={"libelle": "Outil", "portees": ["reponses:lire"], "duree": "90"},
    ),
    "comptes:revoquer_jeton": Adresse(
        reserve_a_l_entreprise(),
        arguments=lambda monde: {"reference": monde.objets["jeton"].reference},
        absents=lambda monde: {"reference": "J-22222222"},
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_entreprise(302)},
    ),
    "comptes:invitation": Adresse(
        publique(),
        arguments=lambda monde: {
            "reference": monde.objets["invite"].reference,
            "jeton": monde.objets["invitation"],
        },
        absents=lambda monde: {"reference": "A-22222222", "jeton": "c0~ffee"},
    ),
}
