"""Quand une convention prend effet, et ce que devient son terme (convention, art. 5)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from droit.calendrier.jours import annees_apres, mois_apres
from droit.citation import Article, Document
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif

ART_5 = Document("convention, art. 5")
RECONDUCTION = Article("code civil", "1215")
ANNEES = 3
ALERTES_EN_MOIS = (6, 3, 2)
Reconduite = Literal["indeterminee", "1", "3"]


@dataclass(frozen=True)
class Signatures:
    """Le jour où chaque partie a signé ; rien tant qu'elle ne l'a pas fait."""

    de_l_adherent: date | None = None
    du_centre: date | None = None

    @property
    def derniere(self) -> date | None:
        """Le jour où la convention est signée des deux parties."""
        if self.de_l_adherent is None or self.du_centre is None:
            return None
        return max(self.de_l_adherent, self.du_centre)


def prise_d_effet(*, signatures: Signatures, executoire_le: date) -> date | None:
    """La plus tardive de la dernière signature et de la délibération devenue exécutoire."""
    derniere = signatures.derniere
    return max(derniere, executoire_le) if derniere else None


def peut_prendre_effet(*, effet: date, deliberation: date, executoire_le: date) -> Decision:
    """Nul n'est engagé avant que son assemblée l'ait voulu,
    et que sa délibération soit exécutoire.
    """
    return Decision.selon(
        Motif(
            f"La convention prendrait effet le {en_toutes_lettres(effet)}, "
            "avant la délibération du "
            f"{en_toutes_lettres(deliberation)}. Vérifiez ces deux dates.",
            ART_5,
        )
        if effet < deliberation
        else None,
        Motif(
            f"La délibération n'est exécutoire que le {en_toutes_lettres(executoire_le)} : "
            "la convention ne prend pas "
            "effet plus tôt.",
            Article("CGCT", "L. 2131-1"),
        )
        if deliberation <= effet < executoire_le
        else None,
    )


def deliberation_recevable(*, prise_le: date, executoire_le: date, aujourd_hui: date) -> Decision:
    """Une délibération a eu lieu ; elle est exécutoire au plus tôt le jour même."""
    return Decision.selon(
        Motif("Cette délibération est datée de l'avenir. Recopiez la date qui est sur le document.")
        if prise_le > aujourd_hui
        else None,
        Motif(
            "Une délibération n'est pas exécutoire avant d'avoir été prise. "
            "Vérifiez ces deux dates."
        )
        if executoire_le < prise_le
        else None,
        Motif("Ce jour n'est pas encore venu : notez la délibération quand elle sera exécutoire.")
        if prise_le <= aujourd_hui < executoire_le
        else None,
    )


def signature_recevable(*, le: date, deliberation: date, aujourd_hui: date) -> Decision:
    """La signature d'une partie : un jour passé, que la délibération autorise."""
    return Decision.selon(
        Motif("Cette signature est datée de l'avenir. Recopiez la date qui est sur le document.")
        if le > aujourd_hui
        else None,
        Motif(
            f"Cette signature vient avant la délibération du {en_toutes_lettres(deliberation)} qui "
            "l'autorise. Vérifiez "
            "ces deux dates."
        )
        if le < deliberation
        else None,
    )


def terme(effet: date, annees: int = ANNEES) -> date:
    """Le dernier jour de la période :
    la veille du même quantième, ou la fin du mois s'il n'y existe pas.
    """
    anniversaire = annees_apres(effet, annees)
    return anniversaire - timedelta(days=1) if anniversaire.day == effet.day else anniversaire


def terme_apres(terme_atteint: date, *, reconduite: Reconduite) -> date | None:
    """Le terme suivant ;
    rien quand le contrat renouvelé court sans terme (code civil, art. 1215).
    """
    if reconduite == "indeterminee":
        return None
    return terme(terme_atteint + timedelta(days=1), int(reconduite))


def alerte_due(terme_: date, *, le: date) -> int | None:
    """Six, trois, puis deux mois avant le terme : la plus proche de celles qui sont
    dues ; rien après le terme.
    """
    if le > terme_:
        return None
    dues = [mois for mois in ALERTES_EN_MOIS if mois_apres(terme_, -mois) <= le]
    return min(dues, default=None)
