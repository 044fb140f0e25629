"""Qui entre où : les calculatrices sont à tous."""

from tests.architecture.adresses import Adresse, publique

ADRESSES = {
    "outils:calendrier": Adresse(publique()),
    "outils:agenda": Adresse(publique(404)),
    "outils:contribution": Adresse(publique()),
    "outils:seuils": Adresse(publique()),
}
