"""Ce qui, plus loin dans la procédure, s'appuie déjà sur les candidatures : leurs décisions ne changent alors plus.

Une table, comme les suites de l'ouverture : chaque contexte dit la sienne.
"""

from django.utils.module_loading import import_string

from beffroi.attribution import queries
from beffroi.candidatures.ports import CeQuiSAppuie
from beffroi.consultations.models import Consultation
from droit.citation import Article
from droit.decision import Decision, Motif

DEFAILLANCE = Article("CCP", "R. 2144-7")

# Chacun rend un refus motivé quand il s'appuie déjà sur les décisions de ce lot.
APPUIS: tuple[str, ...] = ("beffroi.portail.apres_les_candidatures.lettres_parties",)


def peut_encore_changer(consultation: Consultation, lot: int | None) -> Decision:
    dits: list[CeQuiSAppuie] = [import_string(chemin) for chemin in APPUIS]
    return Decision.selon(
        *(motif for dire in dits if not (d := dire(consultation, lot)).favorable for motif in d.motifs)
    )


def lettres_parties(consultation: Consultation, lot: int | None) -> Decision:
    """Une lettre a dit l'issue de ce lot : ce sur quoi elle s'appuie ne change plus."""
    if not queries.lettres_parties(consultation, lot):
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Les lettres de ce lot sont parties : les décisions sur ses candidatures ne changent plus. "
            "Si l'entreprise retenue ne prouve pas qu'elle n'est pas exclue, c'est à l'attribution de choisir la suivante.",
            DEFAILLANCE,
        )
    )
