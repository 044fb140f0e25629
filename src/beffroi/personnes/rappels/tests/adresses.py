"""Qui entre où : chacun règle les siennes ; l'agenda s'ouvre par son secret, et lui seul."""

from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.rappels import services
from tests.architecture.adresses import Adresse, Monde, connexion, publique


def planter(monde: Monde) -> None:
    """L'agenda d'une personne que rien n'attend :
    qui a l'adresse d'un agenda le lit, c'est ce qu'elle a de secret.
    """
    personne = creer_utilisateur(
        courriel="agenda@bomy.example", nom="Odile", maintenant=monde.maintenant
    )
    monde.objets["agenda"] = services.ouvrir_l_agenda(
        personne=personne, maintenant=monde.maintenant
    )


ADRESSES = {
    "notifications:regler": Adresse(
        connexion(), methodes=("get", "post"), par_methode={"post": connexion(302)}
    ),
    "notifications:ouvrir_l_agenda": Adresse(
        connexion(302), methodes=("get", "post"), par_methode={"post": connexion()}
    ),
    "notifications:fermer_l_agenda": Adresse(
        connexion(), methodes=("get", "post"), par_methode={"post": connexion(302)}
    ),
    "notifications:agenda": Adresse(
        publique(),
        arguments=lambda monde: {"secret": monde.objets["agenda"]},
        absents=lambda monde: {"secret": "inconnu"},
    ),
}
