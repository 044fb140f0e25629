"""Le document unique de marché européen (ESPD-EDM 4.1.0) :
la demande de l'acheteur, la réponse de l'entreprise.
"""

from formats.dume.composition import ecrire_demande, ecrire_reponse
from formats.dume.defaut import Defaut
from formats.dume.ecriture import ecrire
from formats.dume.lecture import DumeIllisible, lire
from formats.dume.modele import Dume
from formats.dume.regles import verifier as verifier_nos_regles

__all__ = [
    "Defaut",
    "Dume",
    "DumeIllisible",
    "ecrire",
    "ecrire_demande",
    "ecrire_reponse",
    "lire",
    "verifier_nos_regles",
]
