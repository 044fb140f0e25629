"""La facture électronique (EN 16931) :
composer en UBL, en CII et en Factur-X, et vérifier par les règles officielles.
"""

from formats.facture.cii import en_cii
from formats.facture.facturx import en_facturx, xml_de
from formats.facture.modele import (
    Adresse,
    Facture,
    FactureRectifiee,
    Ligne,
    Mentions,
    Partie,
    References,
    RegimeDeTva,
    hors_taxe_de,
)
from formats.facture.rapport import Rapport, verifier
from formats.facture.regles import Defaut
from formats.facture.ubl import en_ubl

__all__ = [
    "Adresse",
    "Defaut",
    "Facture",
    "FactureRectifiee",
    "Ligne",
    "Mentions",
    "Partie",
    "Rapport",
    "References",
    "RegimeDeTva",
    "en_cii",
    "en_facturx",
    "en_ubl",
    "hors_taxe_de",
    "verifier",
    "xml_de",
]
