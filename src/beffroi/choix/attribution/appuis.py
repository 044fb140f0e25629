"""Ce qui, dans l'attribution, s'appuie déjà sur les candidatures :
leurs décisions ne changent alors plus.
"""

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.attribution import queries
from droit.citation import Article
from droit.decision import Decision, Motif

DEFAILLANCE = Article("CCP", "R. 2144-7")


def peut_encore_changer(consultation: Consultation, lot: int | None) -> Decision:
    """Une lettre a dit l'issue de ce lot : ce sur quoi elle s'appuie ne change plus."""
    if not queries.lettres_parties(consultation, lot):
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Les lettres de ce lot sont parties : "
            "les décisions sur ses candidatures ne changent plus. "
            "Si l'entreprise retenue ne prouve pas qu'elle n'est pas exclue, "
            "c'est à l'attribution de choisir la suivante.",
            DEFAILLANCE,
        )
    )
