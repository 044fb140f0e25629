"""Qui entre où : tout le monde teste son poste, sans compte."""

from tests.architecture.adresses import Adresse, publique

ADRESSES = {
    "essai:diagnostic": Adresse(publique()),
    "essai:envoi": Adresse(publique(), methodes=("post",), type_de_contenu="application/octet-stream"),
    "essai:attestation": Adresse(publique(), methodes=("post",), type_de_contenu="application/json"),
}
