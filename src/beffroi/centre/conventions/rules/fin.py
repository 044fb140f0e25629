"""Le dernier jour d'une convention dénoncée (convention, art. 5) :
de quantième à quantième, jusqu'à minuit.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from droit.calendrier.jours import mois_apres
from droit.citation import Document
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif

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
JOURS_POUR_REVENIR = timedelta(days=7)
ART_5 = Document("convention, art. 5")
RECU_PAR = {"adherent": "le centre de gestion", "centre": "l'adhérent"}


@dataclass(frozen=True)
class Fin:
    """Une dénonciation reçue, le dernier jour couvert (jusqu'à 24 h), et pourquoi."""

    recue: date
    effet: date
    motifs: tuple[Motif, ...]


def fin_apres(par: Auteur, *, recue: date, notee: date | None = None) -> Fin:
    """Le dernier jour couvert après une lettre reçue ce jour-là.

    `notee` : le jour où le centre la note, s'il n'est pas celui de la réception. Ce que le centre
    décide ne finit jamais dans le passé : la convention court au moins jusqu'à ce jour-là.
    Lève `OverflowError` si la date n'existe pas.
    """
    if par == "impaye":
        return _apres_un_defaut(recue, notee or recue)
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


def _apres_un_defaut(recue: date, notee: date) -> Fin:
    motifs = [
        Motif(
            "Après un défaut de paiement, la décision motivée prend effet le jour où "
            "elle est notifiée.",
            ART_5,
        )
    ]
    if notee > recue:
        motifs.append(
            Motif(
                f"Notée le {en_toutes_lettres(notee)}, elle ne finit rien dans le passé : la "
                "convention court jusqu'à ce jour."
            )
        )
    effet = max(recue, notee)
    return Fin(recue, effet, (*motifs, *_a_minuit(effet)))


def dernier_jour_pour_revenir(notee: date) -> date:
    """Une fin notée ce jour-là se reprend jusqu'à ce jour compris."""
    return notee + JOURS_POUR_REVENIR


def peut_revenir(*, par: Auteur, notee: date, effacee: bool, aujourd_hui: date) -> Decision:
    """La fin décidée pour un défaut se reprend, à deux : une erreur ne prive personne du service.

    `effacee` : le certificat d'effacement est noté, il n'y a plus rien à reprendre.
    """
    limite = dernier_jour_pour_revenir(notee)
    return Decision.selon(
        Motif("Seule une fin décidée pour un défaut de paiement se reprend ainsi.")
        if par != "impaye"
        else None,
        Motif(
            f"Cette fin, notée le {en_toutes_lettres(notee)}, se reprenait jusqu'au "
            f"{en_toutes_lettres(limite)}. Il faut une autre convention."
        )
        if aujourd_hui > limite
        else None,
        Motif("Les données sont effacées : il faut une autre convention.") if effacee else None,
    )


def peut_s_effacer(*, par: Auteur, notee: date, aujourd_hui: date) -> Decision:
    """Tant que la fin se reprend, rien de ce qu'elle toucherait ne s'efface."""
    limite = dernier_jour_pour_revenir(notee)
    if par != "impaye" or aujourd_hui > limite:
        return Decision.accord()
    return Decision.refus(
        Motif(
            f"Cette fin peut être reprise jusqu'au {en_toutes_lettres(limite)} : "
            "rien ne s'efface avant."
        )
    )


def _a_minuit(effet: date) -> tuple[Motif, ...]:
    return (Motif(f"Dernier jour couvert : le {en_toutes_lettres(effet)}, jusqu'à minuit."),)
