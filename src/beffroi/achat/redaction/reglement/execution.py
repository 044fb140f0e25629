"""Le cahier général suivi, le prix, l'environnement et le social, le paiement."""

from decimal import Decimal

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import RIEN, Blocs, ccp, chapitre, dire, recu_en_phrase
from beffroi.achat.redaction.faits import Faits
from beffroi.achat.redaction.reglement.prix import prix
from droit.citation import Document
from formats import pluriels
from formats.document import Chapitre, SousTitre, a_completer

CCAG_DE_2021 = Document("arrêtés du 30 mars 2021")
SANS_CCAG = "Pas de CCAG"


def rediger(faits: Faits) -> Chapitre:
    return chapitre(
        "L'exécution et le paiement",
        ccag(faits),
        environnement(faits),
        social(faits),
        prix(faits),
        financement(faits),
        paiement(faits),
        avance(faits),
    )


def ccag(faits: Faits) -> Blocs:
    """Le cahier des clauses administratives générales, s'il y en a un."""
    if faits.est_une_concession:
        return RIEN
    choisi = faits.achat.execution.ccag
    if choisi == SANS_CCAG:
        return (dire("Aucun cahier des clauses administratives générales (CCAG) ne s'applique."),)
    nom = (
        f"CCAG {faits.achat.execution.ccag_lisible}"
        if choisi
        else a_completer("execution.ccag", "le CCAG suivi")
    )
    return (
        dire(
            (
                f"{mots.majuscule(faits.contrat)} suit un cahier des clauses "
                "administratives générales : le "
            ),
            nom,
            ".",
            selon=(ccp("R. 2112-2"), CCAG_DE_2021),
        ),
    )


def environnement(faits: Faits) -> Blocs:
    """Depuis le 21 août 2026, l'exécution prend en compte l'environnement."""
    cle = (
        "durable.concession.conditions_environnementales"
        if faits.est_une_concession
        else "durable.conditions_environnementales"
    )
    condition = faits.achat.execution.durabilite.condition_environnementale
    if not condition and not faits.exige(cle):
        return RIEN
    texte = recu_en_phrase(
        condition,
        "execution.durabilite.condition_environnementale",
        "la condition d'exécution sur l'environnement",
    )
    fondement = faits.selon(marche=(ccp("L. 2112-2"),), concession=(ccp("L. 3114-2"),))
    return (dire("Condition d'exécution sur l'environnement : ", texte, selon=fondement),)


def social(faits: Faits) -> Blocs:
    """Une condition sociale, obligatoire au-dessus des seuils européens, sauf quatre exceptions."""
    durabilite = faits.achat.execution.durabilite
    fondement = faits.selon(marche=(ccp("L. 2112-2-1"),), concession=(ccp("L. 3114-2-1"),))
    blocs: Blocs = RIEN
    if durabilite.condition_sociale:
        texte = mots.phrase_finie(durabilite.condition_sociale)
        blocs += (
            dire("Condition d'exécution sur le social ou l'emploi : ", texte, selon=fondement),
        )
    elif durabilite.exception_sociale:
        motif = (
            f" {mots.phrase_finie(durabilite.motif_de_l_exception)}"
            if durabilite.motif_de_l_exception
            else ""
        )
        texte = (
            "Aucune condition sociale n'est prévue. Raison : "
            f"{mots.phrase_finie(durabilite.exception_sociale)}{motif}"
        )
        blocs += (dire(texte, selon=fondement),)
    if durabilite.heures_d_insertion:
        heures = pluriels.compter(durabilite.heures_d_insertion, "heure")
        blocs += (
            dire(
                f"Réservez au moins {heures} de travail à des personnes éloignées de l'emploi.",
                selon=fondement,
            ),
        )
    return blocs


def financement(faits: Faits) -> Blocs:
    if not faits.achat.execution.financement:
        return RIEN
    return (
        SousTitre("Le paiement"),
        dire("Financement : ", mots.phrase_finie(faits.achat.execution.financement)),
    )


def paiement(faits: Faits) -> Blocs:
    """Trente jours, factures sur Chorus Pro, intérêts et quarante euros en cas de retard."""
    if faits.est_une_concession:
        return RIEN
    acheteur = faits.achat.acheteur
    service = f", code service {acheteur.service_chorus}" if acheteur.service_chorus else ""
    tete: Blocs = () if faits.achat.execution.financement else (SousTitre("Le paiement"),)
    return (
        *tete,
        dire(
            "L'acheteur paie dans les "
            f"{pluriels.compter(faits.achat.execution.delai_de_paiement_en_jours, 'jour')} "
            "qui suivent la réception de la demande de paiement.",
            selon=(ccp("R. 2192-10"),),
        ),
        dire(
            f"Déposez vos factures sur Chorus Pro : SIRET {acheteur.siret}{service}.",
            selon=(ccp("L. 2192-1"), ccp("R. 2192-3")),
        ),
        dire(
            "En cas de retard, des intérêts moratoires et une indemnité de 40 euros sont dus.",
            selon=(ccp("L. 2192-13"), ccp("D. 2192-35")),
        ),
    )


def avance(faits: Faits) -> Blocs:
    """Due au-dessus d'un montant et d'une durée, que les tables donnent."""
    if faits.est_une_concession:
        return RIEN
    taux = faits.achat.execution.avance_en_pourcent
    montant = faits.droit.valeur("seuil.avance.montant")
    duree = faits.droit.valeur("seuil.avance.duree")
    seuil = mots.nombre(Decimal(montant.entier))
    combien = (
        f"Une avance de {mots.nombre(taux)} % est versée"
        if taux is not None
        else "Une avance est versée"
    )
    return (
        dire(
            f"{combien} si le montant dépasse {seuil} € HT et la durée {mots.mois(duree.entier)}. "
            "Le titulaire peut y renoncer.",
            selon=(montant.article,),
        ),
    )
