"""Qui entre où : tout le monde, et personne n'y est nommé."""

from tests.architecture.adresses import Adresse, publique

ADRESSES = {
    f"donnees_ouvertes:{nom}": Adresse(publique())
    for nom in ("accueil", "catalogue", "profils", "consultations_csv", "consultations_json")
}
