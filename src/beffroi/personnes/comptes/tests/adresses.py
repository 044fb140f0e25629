"""Qui entre où : le compte, ses jetons, l'invitation."""

from beffroi.personnes.comptes.services import creer_utilisateur, delivrer_jeton
from tests.architecture.adresses import Adresse, Monde, connexion, publique, reserve_a_l_entreprise


def planter(monde: Monde) -> None:
    from beffroi.personnes.comptes.invitations import adresse_d_invitation

    monde.objets["jeton"], _ = delivrer_jeton(
        utilisateur=monde.membre.utilisateur, libelle="Outil de dépôt", maintenant=monde.maintenant
    )
    invite = creer_utilisateur(
        courriel="invite@bomy.example", nom="Bernard", maintenant=monde.maintenant
    )
    monde.objets["invite"] = invite
    monde.objets["invitation"] = adresse_d_invitation(invite).rstrip("/").rsplit("/", 1)[1]


ADRESSES = {
    "comptes:securite": Adresse(connexion()),
    "comptes:presence": Adresse(connexion(204), methodes=("post",)),
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
        absents=lambda monde: {"reference": "U-22222222", "jeton": "c0-ffee"},
    ),
}
