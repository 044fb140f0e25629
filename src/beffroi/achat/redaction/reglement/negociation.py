"""Négocier ou non : chaque procédure a sa règle,
et la réserve d'attribuer sans négocier se dit d'avance.
"""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import RIEN, Blocs, ccp, chapitre, dire
from beffroi.achat.redaction.faits import Faits
from formats.document import Chapitre, a_completer


def rediger(faits: Faits) -> Chapitre:
    if faits.achat.procedure == "dialogue_competitif":
        return chapitre("Le dialogue", dialogue(faits), egalite(faits))
    redactions = {
        "appel_offres_ouvert": interdite,
        "appel_offres_restreint": interdite,
        "procedure_avec_negociation": obligatoire,
        "procedure_adaptee_ouverte": adaptee,
        "procedure_adaptee_restreinte": adaptee,
    }
    return chapitre("La négociation", redactions.get(faits.achat.procedure, concession)(faits))


def interdite(faits: Faits) -> Blocs:
    article = "R. 2161-11" if faits.est_en_deux_temps else "R. 2161-5"
    return (
        dire(
            (
                "L'acheteur ne négocie pas. Il peut seulement demander de préciser la "
                "teneur d'une offre."
            ),
            selon=(ccp(article),),
        ),
    )


def adaptee(faits: Faits) -> Blocs:
    negociation = faits.achat.offre.negociation
    if not negociation.prevue:
        return (dire("L'acheteur ne négocie pas. Donnez tout de suite votre meilleure offre."),)
    return (
        dire(
            "L'acheteur négociera avec les entreprises qui ont remis une offre.",
            selon=(ccp("R. 2123-5"),),
        )
        if not negociation.attribution_sans_negociation
        else dire(
            "L'acheteur pourra négocier. Il se réserve la possibilité d'attribuer le marché "
            "sans négociation. "
            "Donnez donc tout de suite votre meilleure offre.",
            selon=(ccp("R. 2123-5"),),
        ),
        *phases(faits),
        *egalite(faits),
    )


def obligatoire(faits: Faits) -> Blocs:
    """La procédure avec négociation : sur tout sauf les exigences minimales et les critères."""
    entite = faits.achat.acheteur.type_d_acheteur == "entité adjudicatrice"
    sans = faits.achat.offre.negociation.attribution_sans_negociation
    reserve = (
        "L'acheteur se réserve la possibilité d'attribuer le marché d'après les offres initiales, "
        "sans négociation."
    )
    article = ccp("R. 2161-23") if entite else ccp("R. 2161-17")
    return (
        dire(
            "L'acheteur négocie les offres initiales, puis les suivantes, sauf les offres finales. "
            "Les exigences minimales et les critères ne se négocient pas.",
            selon=() if entite else (article,),
        ),
        *((dire(reserve, selon=(article,)),) if sans else RIEN),
        *phases(faits),
        dire(
            "À la fin, l'acheteur fixe une date limite commune pour les offres finales.",
            selon=() if entite else (ccp("R. 2161-20"),),
        ),
        *egalite(faits),
    )


def concession(faits: Faits) -> Blocs:
    negociation = faits.achat.offre.negociation
    fondement = (ccp("L. 3121-1"), ccp("R. 3124-1"))
    if not negociation.prevue:
        return (
            dire(
                "L'autorité concédante ne négocie pas. Donnez tout de suite votre meilleure offre."
            ),
        )
    sans = (
        " Elle se réserve la possibilité d'attribuer le contrat sans négociation."
        if negociation.attribution_sans_negociation
        else ""
    )
    return (
        dire(f"L'autorité concédante négocie librement les offres.{sans}", selon=fondement),
        dire(
            "La négociation ne porte ni sur l'objet, ni sur les critères, "
            "ni sur les conditions minimales annoncées."
        ),
        *phases(faits),
        *egalite(faits),
    )


def dialogue(faits: Faits) -> Blocs:
    deroulement = faits.achat.offre.negociation.phases
    return (
        dire(
            "L'acheteur dialogue avec les candidats retenus, "
            "pour trouver les solutions qui répondent au besoin. "
            "Les candidats remettent ensuite une offre finale.",
            selon=(ccp("R. 2161-26 et R. 2161-27"),),
        ),
        dire(
            "Déroulement du dialogue : ",
            mots.phrase_finie(deroulement)
            if deroulement
            else a_completer("offre.negociation.phases", "les étapes du dialogue"),
            selon=(ccp("R. 2161-24"),),
        ),
    )


def phases(faits: Faits) -> Blocs:
    """Réduire le nombre d'offres par phases s'annonce."""
    annoncees = faits.achat.offre.negociation.phases
    if not annoncees:
        return (dire("La négociation se fait en une seule phase."),)
    fondement = (
        (ccp("R. 2161-18"),) if faits.achat.procedure == "procedure_avec_negociation" else ()
    )
    return (
        dire("Déroulement de la négociation : ", mots.phrase_finie(annoncees), selon=fondement),
    )


def egalite(faits: Faits) -> Blocs:
    fondement = faits.selon(marche=(ccp("L. 2132-1"),))
    return (
        dire(
            "Chacun reçoit les mêmes informations. Le contenu des offres reste secret.",
            selon=fondement,
        ),
    )
