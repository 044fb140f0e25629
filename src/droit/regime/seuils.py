"""Quel seuil regarder, selon ce que l'on achète et qui achète (CCP,
art. L. 2124-1, R. 2122-8, annexe 2).
"""

from droit.en_vigueur import Droit, DroitInconnu, Valeur
from droit.regime.besoin import Besoin
from droit.regime.valeur_du_besoin import ValeurDuBesoin

_FOURNITURES_ET_SERVICES = "seuil.procedure_formalisee.fournitures_services"


def seuil_formalise(besoin: Besoin, droit: Droit) -> Valeur:
    """À partir de lui, une procédure formalisée ; pour une concession, les règles complètes."""
    if besoin.est_une_concession:
        return droit.valeur("seuil.concession")
    if besoin.en_travaux:
        return droit.valeur("seuil.procedure_formalisee.travaux")
    return droit.valeur(f"{_FOURNITURES_ET_SERVICES}.{_acheteur(besoin)}")


def _acheteur(besoin: Besoin) -> str:
    if besoin.contrat == "défense ou sécurité":
        return "defense"
    if besoin.type_d_acheteur == "entité adjudicatrice":
        return "entite_adjudicatrice"
    return "collectivite" if besoin.collectivite_territoriale else "etat"


def seuil_de_dispense(besoin: Besoin, droit: Droit) -> Valeur | DroitInconnu:
    """En dessous de lui, ni publicité ni mise en concurrence (R. 2122-8) ;
    ou ce que les tables disent ne pas savoir.
    """
    nature = "travaux" if besoin.en_travaux else "fournitures_services"
    return lue(droit, f"seuil.dispense.{nature}")


def seuil_des_services_sociaux(besoin: Besoin, droit: Droit) -> Valeur:
    entite = besoin.type_d_acheteur == "entité adjudicatrice"
    return droit.valeur(
        f"seuil.services_sociaux.{'entite_adjudicatrice' if entite else 'pouvoir_adjudicateur'}"
    )


def est_formalise(besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin) -> bool:
    """Un marché de services sociaux se passe en procédure adaptée,
    quel que soit son montant (R. 2123-1, 3°).
    """
    if besoin.services_sociaux_ou_specifiques:
        return False
    return valeur.atteint(seuil_formalise(besoin, droit).entier)


def atteint_le_seuil_europeen(besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin) -> bool:
    """Les services sociaux ont leur propre seuil européen ;
    les autres achats, celui des procédures formalisées.
    """
    if besoin.services_sociaux_ou_specifiques and not besoin.est_une_concession:
        return valeur.atteint(seuil_des_services_sociaux(besoin, droit).entier)
    return valeur.atteint(seuil_formalise(besoin, droit).entier)


def est_dispense(besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin) -> bool:
    if besoin.contrat == "défense ou sécurité":
        # L'article R. 2122-8 n'est pas de leur livre : rien ne dispense sans avoir été lu.
        return False
    seuil = seuil_de_dispense(besoin, droit)
    return (
        not besoin.est_une_concession
        and isinstance(seuil, Valeur)
        and not valeur.atteint(seuil.entier)
    )


def lue(droit: Droit, cle: str) -> Valeur | DroitInconnu:
    """La valeur, ou l'aveu des tables : l'appelant ne peut pas oublier le second cas."""
    try:
        return droit.valeur(cle)
    except DroitInconnu as inconnu:
        return inconnu
