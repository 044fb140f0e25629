"""Une version nouvelle du dossier : ce qu'elle change, ce qu'elle laisse, ce qu'elle dit."""

from collections.abc import Sequence

from droit.citation import Article
from droit.decision import Decision, Motif

ACCES_AUX_DOCUMENTS = Article("CCP", "R. 2132-2")


def peut_etre_publiee(
    *, modifications: Sequence[str], documents: int, explication: str
) -> Decision:
    """Une version change au moins un document, en laisse au moins un,
    et dit ce qui change (CCP, art. R. 2132-2).
    """
    restants = documents + modifications.count("ajout") - modifications.count("retrait")
    return Decision.selon(
        None
        if modifications
        else Motif("Aucun changement n'est préparé. Ajoutez, remplacez ou retirez un document."),
        Motif(
            "Le dossier serait vide. Gardez ou ajoutez au moins un document.", ACCES_AUX_DOCUMENTS
        )
        if restants < 1
        else None,
        None if explication.strip() else Motif("Dites ce qui change : les entreprises le liront."),
    )
