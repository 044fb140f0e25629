"""Ajouter à une fiche parue :
elle ne change pas, la suite s'écrit dessous (CCP, art. R. 2196-1, R. 3131-1).
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.contrat.donnees_essentielles import contenu, rules
from beffroi.contrat.donnees_essentielles.contenu import CHAMPS, SUITES, Contrat, Sorte
from beffroi.contrat.donnees_essentielles.models import AjoutAFiche, FicheDeContrat
from beffroi.contrat.donnees_essentielles.services.publication import exiger_sans_defaut
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from formats.decp import (
    ActeSousTraitance,
    DonneesAnnuelles,
    Modification,
    ModificationConcession,
)
from formats.decp.arbre import arbre_de


@transaction.atomic
def ajouter_une_modification(
    *,
    fiche: FicheDeContrat,
    modification: Modification | ModificationConcession,
    par: Acteur,
    maintenant: datetime,
) -> AjoutAFiche:
    """Publie une modification notifiée.

    Rejouée, la même (son numéro, son contenu) ne s'ajoute pas deux fois.
    """
    return _ajouter(fiche, Sorte.MODIFICATION, modification, par=par, maintenant=maintenant)


@transaction.atomic
def ajouter_un_acte_de_sous_traitance(
    *, fiche: FicheDeContrat, acte: ActeSousTraitance, par: Acteur, maintenant: datetime
) -> AjoutAFiche:
    return _ajouter(fiche, Sorte.ACTE, acte, par=par, maintenant=maintenant)


@transaction.atomic
def ajouter_des_donnees_d_execution(
    *, fiche: FicheDeContrat, annuelles: DonneesAnnuelles, par: Acteur, maintenant: datetime
) -> AjoutAFiche:
    """Ce qu'une concession a fait d'une année :
    investissements, tarifs aux usagers (CCP, art. R. 3131-1).
    """
    return _ajouter(fiche, Sorte.EXECUTION, annuelles, par=par, maintenant=maintenant)


def _ajouter(
    fiche: FicheDeContrat, sorte: Sorte, ajout: Any, *, par: Acteur, maintenant: datetime
) -> AjoutAFiche:
    fiche = verrouiller(fiche, avec=("organisme",))
    exiger(rules.peut_recevoir_un_ajout(publiee=fiche.est_publiee))
    complet = _avec(contenu.relire(fiche, fiche.ajouts.all()), sorte, ajout)
    liste, cle = SUITES[sorte]
    texte = contenu.fragment(arbre_de(complet)[liste][-1][cle])
    deja = fiche.ajouts.filter(sorte=sorte, contenu=texte).first()
    if deja is not None:
        return deja
    exiger_sans_defaut(complet)
    rang = fiche.ajouts.filter(sorte=sorte).count() + 1
    ecrit = AjoutAFiche.objects.create(
        fiche=fiche, sorte=sorte, rang=rang, contenu=texte, publie_le=maintenant
    )
    journaliser(
        "donnees_essentielles.ajouter",
        sujet=fiche.reference,
        organisme=fiche.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={"sorte": str(sorte), "rang": rang},
    )
    return ecrit


def _avec(contrat: Contrat, sorte: Sorte, ajout: Any) -> Contrat:
    champ = CHAMPS[sorte]
    if not hasattr(contrat, champ):
        raise RegleEnfreinte("Ce contrat ne reçoit pas cette sorte d'ajout.")
    complete: dict[str, Any] = {champ: (*(getattr(contrat, champ) or ()), ajout)}
    return replace(contrat, **complete)
