"""Qui entre où : le journal est public, et ne nomme personne."""

from beffroi.socle.journal.services import publier_la_tete
from tests.architecture.adresses import Adresse, Monde, publique


def planter(monde: Monde) -> None:
    """Une tête publique, sur les écritures que le reste du monde a laissées."""
    monde.objets["tete"] = publier_la_tete(le=monde.maintenant)


def largeur(monde: Monde) -> str:
    """Une tuile incomplète : son adresse dit combien de feuilles elle porte."""
    return str(min(monde.objets["tete"].taille, 255))


ADRESSES = {
    "journal:accueil": Adresse(publique()),
    "journal:tete": Adresse(publique()),
    "journal:points_de_controle": Adresse(publique()),
    "journal:cles": Adresse(publique()),
    "journal:feuilles": Adresse(
        publique(),
        arguments=lambda monde: {"numero": "000", "largeur": largeur(monde)},
        absents=lambda monde: {"numero": "999", "largeur": "1"},
    ),
    "journal:tuile": Adresse(
        publique(),
        arguments=lambda monde: {"niveau": "0", "numero": "000", "largeur": largeur(monde)},
        absents=lambda monde: {"niveau": "0", "numero": "999", "largeur": "1"},
    ),
}
