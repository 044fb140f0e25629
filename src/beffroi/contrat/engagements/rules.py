"""Plusieurs titulaires, un contrat :
qui signe quand, et quel jour il prend effet (CCP, art. L. 2125-1 et R. 2182-5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from droit.decision import Decision, Motif
from formats.pluriels import enumerer


@dataclass(frozen=True)
class Etape:
    """Où en est l'un des titulaires."""

    nom: str
    titulaire_le: date | None = None
    acheteur_le: date | None = None
    envoyee_le: date | None = None
    recue_le: date | None = None


def acheteur_peut_signer(etapes: Sequence[Etape]) -> Decision:
    """Tous les titulaires d'abord :
    l'un d'eux défaillant se remplace sans que l'acheteur soit lié aux autres à demi.

    La loi ne l'impose pas. Un seul contrat porte un seul maximum : l'acheteur s'y engage d'un coup.
    """
    manquent = [etape.nom for etape in etapes if etape.titulaire_le is None]
    if not manquent:
        return Decision.accord()
    ont = "n'a pas encore signé" if len(manquent) == 1 else "n'ont pas encore signé"
    return Decision.refus(
        Motif(
            f"{enumerer(manquent)} {ont} : l'acheteur signe quand tous les titulaires l'ont fait."
        )
    )


def tous(jours: Sequence[date | None]) -> date | None:
    """Le dernier de ces jours, une fois que tous y sont :
    signature des titulaires, de l'acheteur, réception.
    """
    dits = [jour for jour in jours if jour is not None]
    return max(dits) if dits and len(dits) == len(jours) else None


def reste(etape: Etape, etapes: Sequence[Etape], *, transmettre: bool = False) -> str:
    """Ce que l'acheteur lit devant chaque titulaire : le geste attendu, et de qui."""
    if etape.titulaire_le is None:
        return "Le titulaire signe son acte."
    if etape.acheteur_le is None:
        attend = not acheteur_peut_signer(etapes).favorable
        return (
            "L'acheteur signe quand tous les titulaires ont signé."
            if attend
            else "L'acheteur signe cet acte."
        )
    if etape.recue_le is not None:
        return ""
    if etape.envoyee_le is not None:
        return "Le titulaire ouvre sa notification."
    if any(autre.acheteur_le is None for autre in etapes):
        return "L'acheteur signe les autres actes."
    return (
        "Dire la transmission au préfet, ou la faire." if transmettre else "Notifier ce titulaire."
    )
