"""Les archives au standard d'échange SEDA (2.1, 2.2, 2.3) :
écrire un paquet, le lire, le vérifier ; lire la réponse.
"""

from formats.seda.archive import Archive, PaquetIllisible
from formats.seda.defaut import Defaut, PaquetImpossible
from formats.seda.ecriture import ecrire
from formats.seda.lecture import lire
from formats.seda.mesure import Mesure
from formats.seda.modele import (
    NON_IDENTIFIE,
    Bordereau,
    Dua,
    Format,
    Gestion,
    Groupe,
    Niveau,
    Objet,
    Regle,
    Renvoi,
    SortFinal,
    Unite,
)
from formats.seda.paquet import Source, deplier_le_paquet, ecrire_le_paquet
from formats.seda.rapport import Rapport, verifier
from formats.seda.reponse import Reponse, ReponseIllisible, Sens, lire_la_reponse
from formats.seda.versions import D_OFFICE, VERSIONS

__all__ = [
    "D_OFFICE",
    "NON_IDENTIFIE",
    "VERSIONS",
    "Archive",
    "Bordereau",
    "Defaut",
    "Dua",
    "Format",
    "Gestion",
    "Groupe",
    "Mesure",
    "Niveau",
    "Objet",
    "PaquetIllisible",
    "PaquetImpossible",
    "Rapport",
    "Regle",
    "Renvoi",
    "Reponse",
    "ReponseIllisible",
    "Sens",
    "SortFinal",
    "Source",
    "Unite",
    "deplier_le_paquet",
    "ecrire",
    "ecrire_le_paquet",
    "lire",
    "lire_la_reponse",
    "verifier",
]
