"""Les données essentielles de la commande publique :
décrire un contrat, le lire, l'écrire, le vérifier.
"""

from formats.decp.arbre import Lecture, arbre_de
from formats.decp.defaut import Defaut
from formats.decp.ecriture import en_json, en_xml, flux_json, flux_xml
from formats.decp.lecture import lire
from formats.decp.modele import (
    ActeSousTraitance,
    Concession,
    DonneesAnnuelles,
    Lieu,
    Marche,
    Modification,
    ModificationActeSousTraitance,
    ModificationConcession,
    Paquet,
    Tarif,
    Titulaire,
)
from formats.decp.rapport import Rapport, verifier
from formats.decp.regles import verifier_la_concession, verifier_le_marche
from formats.illisible import Illisible

__all__ = [
    "ActeSousTraitance",
    "Concession",
    "Defaut",
    "DonneesAnnuelles",
    "Illisible",
    "Lecture",
    "Lieu",
    "Marche",
    "Modification",
    "ModificationActeSousTraitance",
    "ModificationConcession",
    "Paquet",
    "Rapport",
    "Tarif",
    "Titulaire",
    "arbre_de",
    "en_json",
    "en_xml",
    "flux_json",
    "flux_xml",
    "lire",
    "verifier",
    "verifier_la_concession",
    "verifier_le_marche",
]
