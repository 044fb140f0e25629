"""Ce qui se trouve dans le texte d'un règlement, et où :
ce que les contrôles comparent à l'achat.
"""

from beffroi.achat.relectures.rules.reperage.adresses import (
    AdressePostale,
    Profil,
    SiteEcrit,
    adresses_postales,
    courriels,
    profil_de,
    profils_cites,
    profils_connus,
    sites,
)
from beffroi.achat.relectures.rules.reperage.amorces import peut_suivre
from beffroi.achat.relectures.rules.reperage.bareme import (
    Bareme,
    CritereDuBareme,
    baremes,
    criteres,
)
from beffroi.achat.relectures.rules.reperage.echeances import (
    dates_de_visite,
    echeances,
    limites_de_remise,
    limites_des_questions,
)
from beffroi.achat.relectures.rules.reperage.fichiers import fichiers_nommes, formats_nommes
from beffroi.achat.relectures.rules.reperage.instants import (
    HeureEcrite,
    InstantEcrit,
    dates,
    heures,
)
from beffroi.achat.relectures.rules.reperage.lignes_de_criteres import CritereEcrit
from beffroi.achat.relectures.rules.reperage.lots import LotEcrit, lots, nombres_de_lots
from beffroi.achat.relectures.rules.reperage.maxima_de_lots import MaximumDeLots, maxima_de_lots
from beffroi.achat.relectures.rules.reperage.mentions import (
    Mention,
    PhraseSituee,
    Sujet,
    depots_par_courriel_permis,
    depots_sur_papier_permis,
    est_niee,
    mentions,
    mentions_parmi,
    phrases_situees,
)
from beffroi.achat.relectures.rules.reperage.nombres import (
    DureeEcrite,
    MontantEcrit,
    durees,
    empreintes,
    montants,
    montants_de,
    sirets,
    tailles,
    validites_des_offres,
)
from beffroi.achat.relectures.rules.reperage.ponderation import PoidsEcrit, poids
from beffroi.achat.relectures.rules.reperage.textes_cites import (
    ArticleCite,
    CcagCite,
    TexteNumerote,
    articles_cites,
    ccag_cites,
    textes_numerotes,
)
from beffroi.achat.relectures.rules.reperage.trouvaille import Trouvaille, chercher, phrases, plier

__all__ = [
    "AdressePostale",
    "ArticleCite",
    "Bareme",
    "CcagCite",
    "CritereDuBareme",
    "CritereEcrit",
    "DureeEcrite",
    "HeureEcrite",
    "InstantEcrit",
    "LotEcrit",
    "MaximumDeLots",
    "Mention",
    "MontantEcrit",
    "PhraseSituee",
    "PoidsEcrit",
    "Profil",
    "SiteEcrit",
    "Sujet",
    "TexteNumerote",
    "Trouvaille",
    "adresses_postales",
    "articles_cites",
    "baremes",
    "ccag_cites",
    "chercher",
    "courriels",
    "criteres",
    "dates",
    "dates_de_visite",
    "depots_par_courriel_permis",
    "depots_sur_papier_permis",
    "durees",
    "echeances",
    "empreintes",
    "est_niee",
    "fichiers_nommes",
    "formats_nommes",
    "heures",
    "limites_de_remise",
    "limites_des_questions",
    "lots",
    "maxima_de_lots",
    "mentions",
    "mentions_parmi",
    "montants",
    "montants_de",
    "nombres_de_lots",
    "peut_suivre",
    "phrases",
    "phrases_situees",
    "plier",
    "poids",
    "profil_de",
    "profils_cites",
    "profils_connus",
    "sirets",
    "sites",
    "tailles",
    "textes_numerotes",
    "validites_des_offres",
]
