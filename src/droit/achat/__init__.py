"""L'achat, dit en droit : ce que l'acheteur veut, selon les axes du code, sans base ni écran.

Un `Achat` se lit d'un fichier JSON (`lire`) ou se tire d'une consultation.
Les contrôles, la rédaction du règlement et les avis n'en connaissent pas d'autre forme.
"""

from droit.achat.achat import Achat, Dates, Plateforme, Publicite
from droit.achat.acheteur import Acheteur, GroupementDeCommandes
from droit.achat.candidature import Candidature, CopieDeSauvegarde, Signature
from droit.achat.criteres import Critere, SousCritere
from droit.achat.execution import (
    AccordCadre,
    Durabilite,
    Execution,
    PrestationSupplementaire,
    Tranche,
    ccag_lisible,
)
from droit.achat.hors_profil import (
    ACCES_A_L_OUTIL,
    RAISONS_HORS_PROFIL,
    RAISONS_HORS_PROFIL_EN_CONCESSION,
    DocumentHorsProfil,
    OutilParticulier,
    RaisonHorsProfil,
    raison_hors_profil,
    raisons_hors_profil,
)
from droit.achat.lecture import AchatIllisible, ecrire, lire
from droit.achat.lots import Allotissement, Lot
from droit.achat.offre import DocumentDuDossier, Negociation, Offre, PieceDemandee, Variantes

__all__ = [
    "ACCES_A_L_OUTIL",
    "RAISONS_HORS_PROFIL",
    "RAISONS_HORS_PROFIL_EN_CONCESSION",
    "AccordCadre",
    "Achat",
    "AchatIllisible",
    "Acheteur",
    "Allotissement",
    "Candidature",
    "CopieDeSauvegarde",
    "Critere",
    "Dates",
    "DocumentDuDossier",
    "DocumentHorsProfil",
    "Durabilite",
    "Execution",
    "GroupementDeCommandes",
    "Lot",
    "Negociation",
    "Offre",
    "OutilParticulier",
    "PieceDemandee",
    "Plateforme",
    "PrestationSupplementaire",
    "Publicite",
    "RaisonHorsProfil",
    "Signature",
    "SousCritere",
    "Tranche",
    "Variantes",
    "ccag_lisible",
    "ecrire",
    "lire",
    "raison_hors_profil",
    "raisons_hors_profil",
]
