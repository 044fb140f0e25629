"""Qui entre où : le portail est public, sauf ce que chacun a à faire."""

from beffroi.faces.portail.urls import PAGES_DE_TEXTE
from tests.architecture.adresses import Adresse, connexion, publique

ADRESSES = {
    "portail:accueil": Adresse(publique()),
    # Chacun est mené chez lui : une redirection, connecté ou non.
    "portail:apres_connexion": Adresse(publique(302)),
    "portail:a_faire": Adresse(connexion()),
    "portail:composants": Adresse(publique()),
    "portail:security_txt": Adresse(publique()),
    # Les comptes d'essai n'existent que dans une démonstration.
    "portail:demonstration": Adresse(publique(404)),
    "portail:mentions_legales": Adresse(publique()),
    **{f"portail:{page.replace('-', '_')}": Adresse(publique()) for page in PAGES_DE_TEXTE},
}
