"""Rendre de l'argent : une personne propose la somme et dit pourquoi, une autre l'accorde."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from beffroi.centre.contributions.models import Avoir, Contribution
from beffroi.centre.contributions.services.avoirs import (
    Rendu,
    accorder,
    du_apres_un_depart,
    exiger_de_pouvoir_rendre,
    rendre_apres_un_depart,
)
from beffroi.centre.propositions.models import Proposition
from beffroi.centre.propositions.services import Demande, proposer, retenue
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.verrous import verrouiller
from formats.sommes import en_euros

RENDRE = "contribution.rendre"


@transaction.atomic
def proposer_un_avoir(
    *, contribution: Contribution, rendu: Rendu, par: Utilisateur, maintenant: datetime
) -> Proposition:
    """La somme, sa raison, et ce que l'adhérent en lirait : rien n'est rendu encore."""
    contribution = verrouiller(contribution, avec=("exercice",))
    exiger_de_pouvoir_rendre(contribution, rendu)
    annee = contribution.exercice.annee
    demande = Demande(
        acte=RENDRE,
        sujet=contribution.reference,
        siret=contribution.siret,
        titre=(
            f"Rendre {en_euros(rendu.montant)} à {contribution.nom} sur la contribution {annee} : "
            f"{Avoir.Motif(rendu.motif).label.lower()}"
        ),
        page=f"/cdg/contributions/{annee}/{contribution.reference}/rendre/",
        motif=rendu.explication,
        donnees={"motif": rendu.motif, "montant": f"{rendu.montant:.2f}"},
    )
    return proposer(demande=demande, par=par, maintenant=maintenant)


@transaction.atomic
def proposer_apres_un_depart(
    *, contribution: Contribution, par: Utilisateur, maintenant: datetime
) -> Proposition | None:
    """Ce que le départ rend, calculé ; `None` si rien n'est à rendre."""
    contribution = verrouiller(contribution, avec=("exercice__grille",))
    rendu = du_apres_un_depart(contribution)
    if rendu is None:
        return None
    return proposer_un_avoir(contribution=contribution, rendu=rendu, par=par, maintenant=maintenant)


@transaction.atomic
def accorder_ce_qui_est_propose(
    *, contribution: Contribution, par: Utilisateur, maintenant: datetime
) -> Avoir:
    """La seconde personne accorde l'avoir, tel qu'il est proposé et s'il est encore dû."""
    contribution = verrouiller(contribution, avec=("exercice__grille",))
    proposition = retenue(acte=RENDRE, sujet=contribution.reference, par=par, maintenant=maintenant)
    montant = Decimal(proposition.donnees["montant"])
    if proposition.donnees["motif"] != Avoir.Motif.DEPART:
        rendu = Rendu(proposition.donnees["motif"], montant, proposition.motif)
        return accorder(contribution=contribution, rendu=rendu, par=par, maintenant=maintenant)
    avoir = rendre_apres_un_depart(contribution=contribution, par=par, maintenant=maintenant)
    if avoir is None or avoir.montant != montant:
        raise ConflitEtat(
            "Ce que ce départ rend a changé depuis la proposition : écartez-la, et proposez-le "
            "de nouveau."
        )
    return avoir
