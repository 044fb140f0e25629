"""Demander une alerte : tout le monde, sans compte."""

from tests.architecture.adresses import Adresse, publique

ADRESSES = {
    "alertes:garder": Adresse(
        publique(), methodes=("get", "post"), par_methode={"post": publique(422)}
    ),
    "alertes:demandee": Adresse(publique()),
}
