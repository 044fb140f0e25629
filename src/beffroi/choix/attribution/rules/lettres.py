"""Ce qu'une lettre doit dire selon le régime, et ce qui manque à celle-ci.

CCP, art. R. 2181-1 (procédure adaptée),
R. 2181-3 (procédure formalisée), R. 3125-1 et R. 3125-2 (concession).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from beffroi.choix.attribution.rules.regimes import Regime
from droit.citation import Article, Source
from droit.decision import Decision, Motif

FORMALISEE = Article("CCP", "R. 2181-3")
DUREE = Article("CCP", "R. 3125-1")
SANS_DELAI = Article("CCP", "R. 2181-1")
SANS_SUITE = Article("CCP", "R. 2185-2")
RETENUE, REJETEE, SANS_ATTRIBUTAIRE = "retenue", "rejetee", "sans_suite"


def champ_du_jour(lot: int | None) -> str:
    """Ce que la lettre écrit tant que l'envoi n'a pas fixé le premier jour de signature."""
    return f"[premier jour de signature{f' du lot {lot}' if lot else ''}]"


@dataclass(frozen=True)
class SuiteDite:
    """Ce qu'une lettre dit d'un lot à une entreprise. `attend` :
    une attente est due avant de signer.

    `jour` : le premier jour de signature, quand la lettre doit déjà le porter ; `duree` :
    celle de l'attente, à dire aussi.
    """

    lot: int | None
    issue: str
    motif: str = ""
    attributaires: Sequence[str] = ()
    motif_du_choix: str = ""
    attend: bool = False
    jour: str = ""
    duree: str = ""

    @property
    def du_lot(self) -> str:
        return f" du lot {self.lot}" if self.lot else ""


@dataclass(frozen=True)
class Exigence:
    """Une mention que la loi exige : ce qu'elle est, le texte qui doit s'y lire, et l'article."""

    quoi: str
    attendu: str
    article: Source


def exigences(regime: Regime, suites: Sequence[SuiteDite]) -> tuple[Exigence, ...]:
    """Les mentions dues, lot par lot ;
    une procédure adaptée ne doit que le rejet, et les motifs sur demande.
    """
    return tuple(exigence for suite in suites for exigence in _d_un_lot(regime, suite))


def _d_un_lot(regime: Regime, suite: SuiteDite) -> list[Exigence]:
    if suite.issue == SANS_ATTRIBUTAIRE:
        return [Exigence(f"le motif de la renonciation{suite.du_lot}", suite.motif, SANS_SUITE)]
    if suite.issue != REJETEE or not regime.attend:
        return []
    article = regime.article_du_rejet
    dues = [
        Exigence(f"le motif du rejet{suite.du_lot}", suite.motif, article),
        *(
            Exigence(f"le nom de l'entreprise retenue{suite.du_lot}", nom, article)
            for nom in suite.attributaires or ("",)
        ),
        Exigence(f"les motifs du choix{suite.du_lot}", suite.motif_du_choix, article),
    ]
    if suite.attend:
        precise = f", le {suite.jour}" if suite.jour else ""
        quoi = f"le jour à partir duquel le contrat peut être signé{suite.du_lot}{precise}"
        dues.append(Exigence(quoi, suite.jour or champ_du_jour(suite.lot), article))
    if suite.attend and suite.duree:
        dues.append(
            Exigence(f"la durée de l'attente{suite.du_lot}, {suite.duree}", suite.duree, DUREE)
        )
    return dues


def lettre_complete(texte: str, dues: Sequence[Exigence], *, a: str = "") -> Decision:
    """Une lettre retouchée garde ce que la loi exige :
    une mention effacée, et la lettre ne part pas.
    """
    lu = _replier(texte)
    return Decision.selon(
        *(
            Motif(f"La lettre{f' à {a}' if a else ''} ne dit pas {due.quoi}.", due.article)
            for due in dues
            if not due.attendu.strip() or _replier(due.attendu) not in lu
        )
    )


def _replier(texte: str) -> str:
    return " ".join(texte.split())


@dataclass(frozen=True)
class FaitsDeLEnvoi:
    """Ce qui empêche d'envoyer. Chaque liste nomme les entreprises ou les lots en cause."""

    lettres: int
    non_relues: Sequence[str] = ()
    sans_jour_d_envoi: Sequence[str] = ()
    propositions: Sequence[str] = ()
    deja: str = ""


def peut_envoyer(faits: FaitsDeLEnvoi) -> Decision:
    """Toutes les lettres d'un choix partent ensemble, relues (CCP, art. R. 2181-1)."""
    if not faits.lettres:
        return Decision.refus(
            Motif(faits.deja or "Aucune lettre n'est préparée : préparez-les d'abord.")
        )
    return Decision.selon(
        Motif(f"Une autre personne doit d'abord valider : {', '.join(faits.propositions)}.")
        if faits.propositions
        else None,
        Motif(f"Relisez la lettre à : {', '.join(faits.non_relues)}.", SANS_DELAI)
        if faits.non_relues
        else None,
        Motif(
            "Dites quel jour la lettre est partie autrement, à : "
            f"{', '.join(faits.sans_jour_d_envoi)}."
        )
        if faits.sans_jour_d_envoi
        else None,
    )
