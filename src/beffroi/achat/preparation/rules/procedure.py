"""De la nature et du montant à la procédure :
ce que le droit propose, ce que l'acheteur retient.
"""

from datetime import date

from beffroi.achat.preparation.rules.composition import type_d_acheteur
from beffroi.achat.preparation.rules.reponses import Reponses
from droit.en_vigueur import Droit
from droit.regime import Besoin, LotDuBesoin, Proposition, proposer
from droit.tables import charger

REPLI = {"concession": "concession_sous_le_seuil"}


def besoin(reponses: Reponses, *, jour: date, collectivite_territoriale: bool) -> Besoin | None:
    """Le besoin, si l'acheteur a dit ce qu'il achète et combien ; rien sinon."""
    nature, montant = reponses.nature, reponses.montant
    if nature is None or montant is None:
        return None
    lots = reponses.allotissement.lots if reponses.allotissement else ()
    return Besoin(
        prestation=nature.prestation,
        montant_ht=montant.estime,
        jour=jour,
        contrat=nature.contrat,
        type_d_acheteur=type_d_acheteur(nature),
        collectivite_territoriale=collectivite_territoriale,
        achats_semblables_ht=montant.achats_semblables,
        duree_en_mois=montant.duree_en_mois + montant.reconductions * montant.mois_par_reconduction,
        lots=tuple(
            LotDuBesoin(numero=lot.numero, montant_ht=lot.montant_estime)
            for lot in lots
            if lot.montant_estime
        ),
        services_sociaux_ou_specifiques=nature.services_sociaux_ou_specifiques,
        maitrise_d_oeuvre=nature.maitrise_d_oeuvre,
        dispense_de_concours=nature.dispense_de_concours,
        accord_cadre=montant.accord_cadre is not None,
        accord_cadre_sans_maximum=montant.accord_cadre is not None
        and montant.accord_cadre.maximum_en_valeur is None
        and not montant.accord_cadre.maximum_en_quantite,
    )


def procedure_retenue(
    proposition: Proposition | None, *, choisie: str = "", contrat: str = "marché"
) -> str:
    """La procédure choisie ; sinon celle proposée si la plateforme la mène ;
    sinon la première voie qu'elle mène.
    """
    if choisie:
        return choisie
    repli = REPLI.get(contrat, "procedure_adaptee_ouverte")
    if proposition is None:
        return repli
    voies = (
        proposition.procedure.valeur,
        *(a.valeurs[0] for a in proposition.procedure.alternatives if a.valeurs),
    )
    return next((cle for cle in voies if est_menee(cle)), repli)


def est_menee(cle: str) -> bool:
    """La plateforme sait la conduire, en tout ou partie ;
    les autres existent et disent qu'elles viendront.
    """
    procedure = charger().procedures.get(cle)
    return (
        procedure is not None and procedure.axe == "procédure" and procedure.servie != "plus tard"
    )


def proposition(
    reponses: Reponses, *, jour: date, collectivite_territoriale: bool, choisie: str = ""
) -> Proposition | None:
    """Ce que le droit propose à cette date, le reste suivant la procédure retenue ;
    rien sans savoir quoi ni combien.
    """
    dit = besoin(reponses, jour=jour, collectivite_territoriale=collectivite_territoriale)
    if dit is None:
        return None
    droit = Droit.au(jour)
    premiere = proposer(dit, droit, retenue=choisie)
    retenue = procedure_retenue(premiere, choisie=choisie, contrat=dit.contrat)
    return (
        premiere
        if retenue == (choisie or premiere.procedure.valeur)
        else proposer(dit, droit, retenue=retenue)
    )
