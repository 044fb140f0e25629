"""Ce qui se trouve dans le texte d'un règlement, et où : ce que les contrôles comparent à l'achat."""

from beffroi.relectures.rules.reperage.adresses import (
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
from beffroi.relectures.rules.reperage.bareme import Bareme, CritereDuBareme, baremes, criteres
from beffroi.relectures.rules.reperage.echeances import (
    dates_de_visite,
    echeances,
    limites_de_remise,
    limites_des_questions,
)
from beffroi.relectures.rules.reperage.instants import HeureEcrite, InstantEcrit, dates, heures
from beffroi.relectures.rules.reperage.lignes_de_criteres import CritereEcrit
from beffroi.relectures.rules.reperage.ponderation import PoidsEcrit, poids
from beffroi.relectures.rules.reperage.trouvaille import Trouvaille, chercher, phrases, plier

__all__ = [
    "AdressePostale",
    "Bareme",
    "CritereDuBareme",
    "CritereEcrit",
    "HeureEcrite",
    "InstantEcrit",
    "PoidsEcrit",
    "Profil",
    "SiteEcrit",
    "Trouvaille",
    "adresses_postales",
    "baremes",
    "chercher",
    "courriels",
    "criteres",
    "dates",
    "dates_de_visite",
    "echeances",
    "heures",
    "limites_de_remise",
    "limites_des_questions",
    "phrases",
    "plier",
    "poids",
    "profil_de",
    "profils_cites",
    "profils_connus",
    "sites",
]
