"""Remettre en concurrence les titulaires d'un accord-cadre :
quand, comment, et ce que l'on avertit (CCP, R. 2162-7 à -10).
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from beffroi.contrat.marches.rules.consommation import R2162_4, Consommation
from beffroi.contrat.marches.states import Etat
from droit.citation import Article
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif
from formats.sommes import en_euros

SUBSEQUENT = Article("CCP", "R. 2162-7")
UN_SEUL_TITULAIRE = Article("CCP", "R. 2162-9")
PLUSIEURS_TITULAIRES = Article("CCP", "R. 2162-10")


@dataclass(frozen=True)
class FaitsDeLAccordCadre:
    """L'accord-cadre au moment de consulter. `fin` : son dernier jour, modifications comprises."""

    nature: str
    etat: str
    fin: date | None
    titulaires: int


def peut_remettre_en_concurrence(faits: FaitsDeLAccordCadre, *, jour: date) -> Decision:
    """Un accord-cadre en cours, qui a encore des titulaires ;
    fini, il ne donne plus lieu à aucun marché.
    """
    if faits.nature != "accord_cadre":
        return Decision.refus(
            Motif("Seul un accord-cadre donne lieu à des marchés subséquents.", SUBSEQUENT)
        )
    return Decision.selon(
        Motif(
            "Cet accord-cadre n'est pas en cours : il n'est pas notifié, ou il est fini.",
            SUBSEQUENT,
        )
        if faits.etat != Etat.NOTIFIE
        else None,
        Motif(
            f"L'accord-cadre a pris fin le {en_toutes_lettres(faits.fin)} : "
            "plus aucun marché subséquent ne s'y rattache. "
            "Passez un nouveau marché.",
            SUBSEQUENT,
        )
        if faits.fin is not None and jour > faits.fin
        else None,
        Motif("Cet accord-cadre n'a aucun titulaire à consulter.", SUBSEQUENT)
        if not faits.titulaires
        else None,
    )


@dataclass(frozen=True)
class Modalite:
    """Ce que l'acheteur fait, dans les mots de la loi :
    plusieurs titulaires se concurrencent, un seul complète son offre.
    """

    titre: str
    phrase: str
    article: Article


def modalite(*, titulaires: int) -> Modalite:
    if titulaires == 1:
        return Modalite(
            "Demander au titulaire de compléter son offre",
            "L'accord-cadre n'a qu'un titulaire : vous ne le mettez en concurrence avec personne. "
            "Demandez-lui par écrit de "
            "compléter son offre.",
            UN_SEUL_TITULAIRE,
        )
    return Modalite(
        "Remettre en concurrence les titulaires",
        "Vous consultez par écrit tous les titulaires, ensemble. "
        "Leurs offres restent scellées jusqu'à la même heure limite. "
        "Le marché va à la mieux classée, selon les critères de l'accord-cadre.",
        PLUSIEURS_TITULAIRES,
    )


def delai_suffisant(*, limite: datetime, maintenant: datetime) -> Decision:
    """Un délai suffisant pour l'objet :
    aucun texte n'en fixe la durée, l'heure limite est à venir (R. 2162-10).
    """
    if limite > maintenant:
        return Decision.accord()
    return Decision.refus(
        Motif("L'heure limite des offres doit être à venir.", PLUSIEURS_TITULAIRES)
    )


def heure_limite_avant_la_fin(*, limite: date, fin: date | None) -> str:
    """Un avertissement : l'accord-cadre finirait avant que les offres arrivent ; vide sinon."""
    if fin is None or limite <= fin:
        return ""
    return (
        f"L'accord-cadre finit le {en_toutes_lettres(fin)}, avant l'heure limite : "
        "le marché n'aurait plus de fondement."
    )


def maximum_depasse(*, estimation: Decimal | None, consommation: Consommation | None) -> str:
    """Un avertissement, non un refus : au contrat, la règle refusera ce qui dépasse (R. 2162-4)."""
    if estimation is None or consommation is None or estimation <= consommation.reste:
        return ""
    return (
        f"Votre estimation, {en_euros(estimation)}, dépasse ce qui reste de l'accord-cadre : "
        f"{en_euros(consommation.reste)} "
        f"sur {en_euros(consommation.maximum)} ({R2162_4}). Au-delà, "
        "le contrat ne pourra pas s'ouvrir."
    )
