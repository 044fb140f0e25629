"""Le dernier jour d'une convention dénoncée (convention, art. 5) :
de quantième à quantième, jusqu'à minuit.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from droit.calendrier.jours import mois_apres
from droit.citation import Document
from droit.dates import en_toutes_lettres
from droit.decision import Motif

Auteur = Literal["adherent", "centre", "impaye"]
AUTEURS: dict[Auteur, str] = {
    "adherent": "l'adhérent se retire",
    "centre": "le centre de gestion résilie",
    "impaye": "décision après un défaut de paiement",
}
# Ce qu'une lettre suffit à finir. Un défaut de paiement a d'abord son rappel, sa mise en demeure,
# son délai et une décision de l'ordonnateur (ruling 26) : l'impayé finit la convention, lui seul.
PAR_LETTRE = ("adherent", "centre")
PREAVIS = {"adherent": 2, "centre": 6}
ART_5 = Document("convention, art. 5")
RECU_PAR = {"adherent": "le centre de gestion", "centre": "l'adhérent"}


@dataclass(frozen=True)
class Fin:
    """Une dénonciation reçue, le dernier jour couvert (jusqu'à 24 h), et pourquoi."""

    recue: date
    effet: date
    motifs: tuple[Motif, ...]


def fin_apres(par: Auteur, *, recue: date) -> Fin:
    """Le dernier jour couvert après une lettre reçue ce jour-là.

    Lève `OverflowError` si la date n'existe pas.
    """
    if par == "impaye":
        motif = Motif(
            (
                "Après un défaut de paiement, la décision motivée prend effet le jour où "
                "elle est notifiée."
            ),
            ART_5,
        )
        return Fin(recue, recue, (motif, *_a_minuit(recue)))
    mois = PREAVIS[par]
    effet = mois_apres(recue, mois)
    motifs = [
        Motif(
            f"{mois} mois à compter du jour où {RECU_PAR[par]} reçoit la lettre recommandée, le "
            f"{en_toutes_lettres(recue)} ; première présentation si elle est "
            "refusée ou non réclamée.",
            ART_5,
        )
    ]
    if effet.day != recue.day:
        motifs.append(
            Motif(f"Le {recue.day} n'existe pas ce mois-là : c'est le dernier jour du mois.")
        )
    if par == "adherent":
        motifs.append(
            Motif(
                (
                    "Une copie va à la direction des Archives départementales ; "
                    "son absence ne bloque rien."
                ),
                ART_5,
            )
        )
    return Fin(recue, effet, (*motifs, *_a_minuit(effet)))


def _a_minuit(effet: date) -> tuple[Motif, ...]:
    return (Motif(f"Dernier jour couvert : le {en_toutes_lettres(effet)}, jusqu'à minuit."),)
