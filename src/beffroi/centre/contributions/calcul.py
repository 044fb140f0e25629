"""D'une ligne figée à son montant : tout vient d'elle et de son exercice, rien d'ailleurs.

Rejoué, mêmes centimes.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.rules import SANS_PIECE
from beffroi.centre.contributions.couverture import Couverture
from beffroi.centre.contributions.models import Contribution, Exercice, Grille, TrancheTarifaire
from beffroi.centre.tarif.rules import anomalies
from beffroi.centre.tarif.rules.contribution import (
    Demande,
    Liquidation,
    calculer,
    du_apres_corrections,
)
from beffroi.centre.tarif.rules.grille import Tarif
from beffroi.centre.tarif.rules.grille import TrancheTarifaire as Tranche
from beffroi.centre.tarif.rules.parametres import Parametres, depuis_des_valeurs
from beffroi.centre.tarif.rules.presomption import (
    Habitants,
    Presomption,
    population_confirme,
    presumer,
)
from beffroi.centre.tarif.rules.prorata import Periode
from beffroi.centre.tarif.rules.volume import annee_comptee
from formats.sommes import en_euros

RIEN = Decimal(0)
PRESUMER, ATTENDRE = Contribution.Decision.PRESUMER, Contribution.Decision.ATTENDRE


@dataclass(frozen=True)
class Bareme:
    """Ce qu'un exercice a figé pour tous : la grille, et les choix de l'exploitant."""

    annee: int
    tarif: Tarif
    parametres: Parametres


def bareme(exercice: Exercice) -> Bareme:
    if exercice.grille is None:
        raise ValueError("Un exercice figé a sa grille.")
    return Bareme(exercice.annee, tarif(exercice.grille), depuis_des_valeurs(exercice.parametres))


def annee_comptee_de(exercice: Exercice) -> int:
    """L'année dont les consultations décident, selon les choix figés ;
    une régularisation compte l'exercice même.
    """
    if exercice.sorte == Exercice.Sorte.REGULARISATION:
        return exercice.annee
    return annee_comptee(exercice.annee, depuis_des_valeurs(exercice.parametres))


def tarif(grille: Grille) -> Tarif:
    """La grille gardée, telle que les règles la lisent."""
    rangees = sorted(grille.tranches.all(), key=lambda tranche: tranche.numero)
    return Tarif(
        au_dela=_tranches(rangees, TrancheTarifaire.Categorie.AU_DELA),
        jusqu_au_seuil=_tranches(rangees, TrancheTarifaire.Categorie.JUSQU_AU_SEUIL),
        seuil=grille.seuil,
    )


def _tranches(rangees: Iterable[TrancheTarifaire], categorie: str) -> tuple[Tranche, ...]:
    return tuple(
        Tranche(rangee.numero, rangee.de, rangee.jusqu_a, rangee.montant)
        for rangee in rangees
        if rangee.categorie == categorie
    )


def liquider(
    contribution: Contribution, applique: Bareme, *, couvert: Couverture | None = None
) -> Liquidation | None:
    """Ce que cette ligne doit ; rien sans effectif ni présomption, ni si l'on a décidé d'attendre.

    `couvert` : des jours que la ligne ne savait pas encore.
    """
    if contribution.decision == ATTENDRE:
        return None
    if contribution.decision == PRESUMER:
        return _liquidation(contribution, applique, couvert)
    return _selon_ses_entrees(contribution, applique, couvert)


def _selon_ses_entrees(
    contribution: Contribution, applique: Bareme, couvert: Couverture | None = None
) -> Liquidation | None:
    """Sans rien de ce qu'une personne en a décidé."""
    if contribution.agents is None and not presomption(contribution, applique).est_presumee:
        return None
    return _liquidation(contribution, applique, couvert)


def _liquidation(
    contribution: Contribution, applique: Bareme, couvert: Couverture | None
) -> Liquidation:
    jours = couvert or contribution
    demande = Demande(
        agents=contribution.agents,
        volume=contribution.volume,
        exercice=applique.annee,
        effet=jours.debut,
        fin=jours.fin,
        fin_pour_impaye=jours.fin_pour_impaye,
        interruptions=tuple(
            Periode(*map(date.fromisoformat, trou)) for trou in jours.interruptions or ()
        ),
    )
    return calculer(demande, parametres=applique.parametres, tarif=applique.tarif)


def habitants_de(ligne: Contribution | Adherent) -> Habitants | None:
    """La population que l'annuaire, ou une ligne figée, connaît."""
    if ligne.habitants is None or ligne.habitants_au is None:
        return None
    return Habitants(ligne.habitants, ligne.habitants_au, ligne.source_des_habitants)


def presomption(contribution: Contribution, applique: Bareme) -> Presomption:
    """Ce que la population figée permet de présumer, sous le seuil que l'appel a figé."""
    return presumer(
        agents=contribution.agents,
        nature=contribution.nature,
        habitants=habitants_de(contribution),
        sous=applique.parametres.presomption,
        seuil=applique.tarif.seuil,
    )


@dataclass(frozen=True)
class Resultat:
    """Ce que le calcul écrit sur une ligne."""

    presumee: bool
    tranche: int | None
    est_payante: bool
    jours: int
    montant: Decimal | None
    a_rendre: Decimal
    motifs: list[str]
    anomalies: list[dict[str, Any]]


CHAMPS = tuple(champ.name for champ in fields(Resultat))


def resultat(contribution: Contribution, applique: Bareme) -> Resultat:
    du = liquider(contribution, applique)
    est_payante = du is not None and du.tranche.montant > 0
    presume = presomption(contribution, applique)
    vu = du or _selon_ses_entrees(contribution, applique)
    a_voir = anomalies.anomalies(_vue(contribution, applique, vu, presume))
    montant = _du_corrige(contribution, du, applique.parametres) if du else RIEN
    solde = montant - (contribution.deja_appele or RIEN)
    return Resultat(
        presumee=du is not None and contribution.agents is None,
        tranche=du.tranche.numero if du else None,
        est_payante=est_payante,
        jours=du.jours if du else 0,
        montant=max(solde, RIEN) if du else None,
        a_rendre=max(-solde, RIEN),
        motifs=[
            contribution.motif_du_volume,
            *([str(presume.motif)] if presume.est_presumee else []),
            *(str(motif) for motif in du.motifs),
            *_solde(contribution, montant),
        ]
        if du
        else [],
        anomalies=[vars(une) for une in a_voir],
    )


def appliquer(contribution: Contribution, applique: Bareme) -> None:
    """Pose sur la ligne ce qu'elle doit ; l'appelant l'écrit."""
    for champ, valeur in asdict(resultat(contribution, applique)).items():
        setattr(contribution, champ, valeur)


def _du_corrige(contribution: Contribution, du: Liquidation, parametres: Parametres) -> Decimal:
    """Une erreur déjà rendue l'est pour l'année :
    la régularisation réduit son dû dans la même part.
    """
    if not (contribution.corrige and contribution.regularise):
        return du.montant
    appele = contribution.regularise.montant or RIEN
    return du_apres_corrections(
        du, appele=appele, corrige=contribution.corrige, parametres=parametres
    )


def _solde(contribution: Contribution, montant: Decimal) -> list[str]:
    deja, corrige = contribution.deja_appele, contribution.corrige
    if deja is None:
        return []
    erreur = (
        f" {en_euros(corrige)} rendus pour une erreur le réduisent d'autant." if corrige else ""
    )
    return [
        (
            f"Dû pour l'année : {en_euros(montant)}.{erreur} Déjà appelé, avoirs déduits : "
            f"{en_euros(deja)}."
        )
    ]


def _vue(
    contribution: Contribution, applique: Bareme, du: Liquidation | None, presume: Presomption
) -> anomalies.Ligne:
    annee = applique.annee
    est_payante = du is not None and du.tranche.montant > 0
    part = contribution.fin is not None and contribution.fin.year == annee
    signale = contribution.effectif_a_verifier or contribution.agents is None
    return anomalies.Ligne(
        agents=contribution.agents,
        seuil=applique.tarif.seuil,
        volume=contribution.volume,
        source_du_volume=contribution.source_du_volume,
        effectif_a_verifier=" ".join(contribution.motifs_de_l_effectif) if signale else "",
        presomption=presume,
        population_confirme=population_confirme(
            agents=contribution.agents,
            nature=contribution.nature,
            habitants=habitants_de(contribution),
            sous=applique.parametres.presomption,
            seuil=applique.tarif.seuil,
        ),
        sans_piece=contribution.origine_de_l_effectif == SANS_PIECE,
        tranche=du.tranche.numero if du else None,
        premier_de_la_tranche=du.tranche.de if du else None,
        est_payante=est_payante,
        tranche_d_avant=contribution.tranche_d_avant,
        effet=contribution.debut
        if contribution.debut.year == annee and contribution.debut != date(annee, 1, 1)
        else None,
        fin=contribution.fin if part else None,
        fin_pour_impaye=contribution.fin_pour_impaye,
        corrige=contribution.corrige,
    )


def ecart_du_rejeu(contribution: Contribution, applique: Bareme) -> str:
    """Ce qu'un nouveau calcul dirait d'autre ; vide s'il rend les mêmes centimes."""
    rejoue = resultat(contribution, applique)
    garde = (contribution.montant, contribution.tranche, contribution.a_rendre)
    if (rejoue.montant, rejoue.tranche, rejoue.a_rendre) == garde:
        if rejoue.presumee == contribution.presumee:
            return ""
        dit = "présumé" if rejoue.presumee else "non présumé"
        return f"{contribution.reference}, {contribution.nom} : {dit} une fois rejoué."
    return (
        f"{contribution.reference}, {contribution.nom} : {contribution.montant} gardé, "
        f"{rejoue.montant} rejoué."
    )
