"""Examiner une candidature et en décider : pur, chaque réponse avec son article."""

from dataclasses import dataclass, field

from droit.citation import Article
from droit.decision import Decision, Motif

INVITATION = Article("CCP", "R. 2144-8")
REJET = Article("CCP", "R. 2181-1")
OUVERTES = "depouillee"


@dataclass(frozen=True)
class FaitsDExamen:
    """Où en est la procédure au moment de décider. `invites` : des candidats retenus le sont déjà."""

    etat: str
    invites: bool = False
    fige: Decision = field(default_factory=Decision.accord)


def peut_decider(faits: FaitsDExamen) -> Decision:
    """On décide des candidatures une fois leur séance close, et jusqu'à ce que la suite s'appuie sur elles."""
    if not faits.fige.favorable:
        return faits.fige
    return Decision.selon(
        Motif("Les candidatures ne sont pas encore ouvertes. Ouvrez-les en séance. La séance close, décidez.")
        if faits.etat != OUVERTES
        else None,
        Motif("Les candidats retenus sont invités : les décisions ne changent plus.", INVITATION)
        if faits.invites
        else None,
    )


def decision_motivee(*, retenue: bool, motif: str, base: str = "", base_exigee: bool = False) -> Decision:
    """Une candidature écartée l'est pour une raison, que le candidat peut lire (CCP, art. R. 2181-1)."""
    if retenue:
        return Decision.accord()
    return Decision.selon(
        Motif("Dites pourquoi cette candidature n'est pas retenue : le candidat le lira.", REJET)
        if not motif.strip()
        else None,
        Motif("Dites sur quelle base vous l'écartez.", REJET) if base_exigee and not base else None,
    )
