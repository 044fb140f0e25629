"""Quand le registre des dépôts se montre."""

from datetime import datetime

from droit.citation import Article
from droit.decision import Decision, Motif


def peut_se_montrer(*, date_limite: datetime, maintenant: datetime) -> Decision:
    """L'acheteur ne connaît ni le nom ni le nombre des déposants avant l'heure
    limite (CCP, art. R. 2132-9).
    """
    if maintenant > date_limite:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "L'heure limite n'est pas passée. Le registre se montrera après elle.",
            Article("CCP", "R. 2132-9"),
        )
    )
