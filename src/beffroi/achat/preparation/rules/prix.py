"""Le prix que l'on suppose quand l'acheteur n'a rien dit :
l'usage, et rien si l'usage ne suffit pas.
"""

from beffroi.achat.preparation.rules.reponses import Montant, Nature
from droit.achat.execution import FormeDePrix, VariationDePrix

_UN_AN_EN_MOIS = 12
_AGRICULTURE_ET_ALIMENTATION = ("03", "15")  # divisions du vocabulaire CPV


def forme_usuelle(nature: Nature, montant: Montant | None) -> FormeDePrix:
    """Des commandes au fil de l'eau se paient à l'unité ;
    le reste, pour un prix global (CCP, art. R. 2112-6).
    """
    if nature.contrat == "concession":
        return ""
    return "unitaire" if montant and montant.accord_cadre else "forfaitaire"


def variation_usuelle(nature: Nature, montant: Montant | None, code_cpv: str) -> VariationDePrix:
    """Un prix ferme, actualisable pour des travaux (R. 2112-10).

    Au-delà d'un an, ou pour des denrées, l'acheteur le dit.
    """
    if nature.contrat == "concession" or nature.maitrise_d_oeuvre or montant is None:
        return ""
    duree = montant.duree_en_mois + montant.reconductions * montant.mois_par_reconduction
    if duree > _UN_AN_EN_MOIS or code_cpv.startswith(_AGRICULTURE_ET_ALIMENTATION):
        return ""
    return "ferme actualisable" if nature.prestation == "travaux" else "ferme"
