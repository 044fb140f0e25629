"""Une entreprise demande pourquoi : ce qu'on lui doit, et jusqu'à quand."""

from dataclasses import dataclass
from datetime import date, datetime

from beffroi.choix.attribution.rules.regimes import Regime
from droit.calendrier import jours
from droit.calendrier.heures import PARIS
from droit.citation import Article, Source
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit, DroitInconnu

MOTIFS = Article("CCP", "R. 2181-2")
AVANTAGES = Article("CCP", "R. 2181-4")


@dataclass(frozen=True)
class DelaiDeReponse:
    """Le dernier jour pour répondre, compris ; vide si aucun texte lu n'en donne.

    `article` : celui qui le fixe.
    """

    jour: date | None
    article: Source | None

    def est_depasse(self, le: date) -> bool:
        return self.jour is not None and le > self.jour


def repondre_avant(regime: Regime, *, recue_le: datetime) -> DelaiDeReponse:
    """Depuis la réception de la demande, à l'heure de Paris (CCP,
    art. R. 2181-2, R. 2181-4, R. 3126-12).
    """
    recue = recue_le.astimezone(PARIS).date()
    try:
        valeur = Droit.au(recue).valeur(f"motifs.{regime.value}")
    except DroitInconnu:
        return DelaiDeReponse(None, None)
    return DelaiDeReponse(jours.jours_apres(recue, valeur.entier), valeur.article)


def caracteristiques_dues(*, elimination: str) -> Decision:
    """Les caractéristiques et avantages de l'offre retenue ne sont pas dus à une offre
    écartée sans être classée.

    CCP, art. R. 2181-4 : offre inappropriée, irrégulière ou inacceptable.
    Les motifs de son rejet, eux, lui sont dits.
    """
    if not elimination:
        return Decision.accord()
    return Decision.refus(
        Motif(
            f"Cette offre a été éliminée ({elimination}) : la loi n'oblige qu'à dire pourquoi, "
            "pas les avantages de l'offre "
            "retenue.",
            AVANTAGES,
        )
    )


def peut_demander(*, issue: str, en_cours: bool, texte: str) -> Decision:
    """Qui n'est pas retenu demande pourquoi, une demande à la fois."""
    return Decision.selon(
        Motif("Votre offre est retenue : il n'y a pas de motif de rejet à demander.")
        if issue == "retenue"
        else None,
        Motif("Vous avez déjà une demande en attente : l'acheteur y répond d'abord.", MOTIFS)
        if en_cours
        else None,
        Motif("Écrivez ce que vous demandez.") if not texte.strip() else None,
    )


def peut_repondre(*, repondue: bool, texte: str) -> Decision:
    return Decision.selon(
        Motif("Cette demande a déjà sa réponse.") if repondue else None,
        Motif("Écrivez votre réponse.") if not texte.strip() else None,
    )
