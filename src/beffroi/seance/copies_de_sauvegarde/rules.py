"""Quand une copie de sauvegarde peut s'ouvrir : pur, d'après l'annexe 6 du code, art. 2, II."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from droit.citation import Article
from droit.decision import Decision, Motif

A_TEMPS = Article("CCP", "R. 2132-11")
OUVRIR = Article("CCP", "annexe 6, art. 2")


class Cas(StrEnum):
    """Les quatre raisons que le texte donne, et aucune autre."""

    MALVEILLANCE = "malveillance"
    INCOMPLETE = "incomplete"
    HORS_DELAI = "hors_delai"
    NON_OUVERTE = "non_ouverte"


DITS = {
    Cas.MALVEILLANCE: "Un programme malveillant est dans la réponse électronique",
    Cas.INCOMPLETE: "La réponse électronique est incomplète",
    Cas.HORS_DELAI: (
        "La réponse électronique est arrivée après l'heure limite, ou n'a pas été déposée"
    ),
    Cas.NON_OUVERTE: "La réponse électronique n'a pas pu s'ouvrir",
}


@dataclass(frozen=True)
class FaitsDeLaCopie:
    """Ce que la plateforme sait d'une copie et de la réponse électronique qu'elle double.

    `transmission_commencee_le` : premier octet reçu de cette entreprise ;
    rien si elle n'a rien envoyé.
    """

    recue_le: datetime
    limite: datetime
    transmission_commencee_le: datetime | None
    reponses_en_ouverture: bool = True
    deja_ouverte: bool = False
    cas_constates: frozenset[Cas] = frozenset()


def peut_s_ouvrir(faits: FaitsDeLaCopie, *, cas: Cas, maintenant: datetime, motif: str) -> Decision:
    """À temps, pour une raison du texte, dite et motivée ;
    et, sauf malveillance, un envoi commencé avant l'heure limite.
    """
    return Decision.selon(
        Motif(
            "L'heure limite n'est pas passée : aucune copie ne s'ouvre avant les réponses.", A_TEMPS
        )
        if maintenant <= faits.limite
        else None,
        Motif(
            (
                "La séance d'ouverture n'a pas commencé : "
                "les réponses électroniques s'ouvrent d'abord."
            ),
            OUVRIR,
        )
        if not faits.reponses_en_ouverture
        else None,
        Motif("Cette copie est arrivée après l'heure limite : elle ne compte pas.", A_TEMPS)
        if faits.recue_le > faits.limite
        else None,
        Motif("Cette copie est déjà ouverte.") if faits.deja_ouverte else None,
        _transmission(faits, cas),
        Motif("Dites ce que vous avez constaté : une ligne suffit, le registre la garde.")
        if not motif.strip()
        else None,
    )


def _transmission(faits: FaitsDeLaCopie, cas: Cas) -> Motif | None:
    commencee = faits.transmission_commencee_le
    if commencee is None:
        return Motif(
            "Cette entreprise n'a envoyé aucun octet sur la plateforme : "
            "une copie de sauvegarde ne remplace pas une réponse "
            "qui n'a jamais commencé à partir.",
            OUVRIR,
        )
    if cas != Cas.MALVEILLANCE and commencee > faits.limite:
        return Motif(
            (
                "L'envoi électronique a commencé après l'heure limite : "
                "la copie ne peut pas le sauver."
            ),
            OUVRIR,
        )
    return None
