"""Les actes sur les clés :
créer la sienne, désigner un gardien, déposer une paire, ouvrir un canari.
"""

from beffroi.personnes.cles.services.fentes import ajouter_fente, noter_l_ouverture, retirer_fente
from beffroi.personnes.cles.services.gardes_en_attente import (
    annuler_la_garde,
    designer,
    recevoir_la_garde,
    renvoyer_le_lien,
    suspendre_les_gardes_sans_preuve,
)
from beffroi.personnes.cles.services.gardiens import (
    designer_gardien,
    ouvrir_canari_de_gardien,
    renouveler_canari_de_gardien,
    retirer_gardien,
)
from beffroi.personnes.cles.services.identites import (
    confirmer_le_secours,
    creer_identite,
    retirer_identite,
)
from beffroi.personnes.cles.services.paires import (
    deposer_paire,
    ouvrir_canari,
    renouveler_canari,
    retirer_paire,
)
from beffroi.personnes.cles.services.publication import publier_la_cle
from beffroi.personnes.cles.services.repartage import NouvellesParts, repartager_paire

__all__ = [
    "NouvellesParts",
    "ajouter_fente",
    "annuler_la_garde",
    "confirmer_le_secours",
    "creer_identite",
    "deposer_paire",
    "designer",
    "designer_gardien",
    "noter_l_ouverture",
    "ouvrir_canari",
    "ouvrir_canari_de_gardien",
    "publier_la_cle",
    "recevoir_la_garde",
    "renouveler_canari",
    "renouveler_canari_de_gardien",
    "renvoyer_le_lien",
    "repartager_paire",
    "retirer_fente",
    "retirer_gardien",
    "retirer_identite",
    "retirer_paire",
    "suspendre_les_gardes_sans_preuve",
]
