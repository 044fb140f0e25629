"""Qui entre où : l'aide est à tous."""

from beffroi.aide.contenu import ROLES
from tests.architecture.adresses import Adresse, publique

ADRESSES = {f"aide:{nom}": Adresse(publique()) for nom in (*ROLES, "glossaire", "chercher")}
