"""Un litige (convention, art. 6 ; ruling 34) :
l'essai à l'amiable se prouve, deux mois sont proposés, puis le tribunal.
"""

from datetime import date

from droit.calendrier.jours import mois_apres
from droit.citation import Document
from droit.decision import Decision, Motif

ART_6 = Document("convention, art. 6")
MOIS_A_L_AMIABLE = 2


def amiable_jusqu_au(ouvert_le: date) -> date:
    return mois_apres(ouvert_le, MOIS_A_L_AMIABLE)


def peut_aller_au_tribunal(*, echanges: int) -> Decision:
    """Les deux mois sont proposés, non imposés ; mais il faut avoir essayé."""
    if echanges == 0:
        return Decision.refus(
            Motif(
                (
                    "L'accord amiable se tente d'abord : "
                    "notez au moins un échange avec l'autre partie."
                ),
                ART_6,
            )
        )
    return Decision.accord()
