"""Ce qui, plus loin dans la procédure, s'appuie déjà sur les candidatures : leurs décisions ne changent alors plus.

Une table, comme les suites de l'ouverture : chaque contexte dit la sienne.
"""

from django.utils.module_loading import import_string

from beffroi.candidatures.ports import CeQuiSAppuie
from beffroi.consultations.models import Consultation
from droit.decision import Decision

# Chacun rend un refus motivé quand il s'appuie déjà sur les décisions de ce lot.
APPUIS: tuple[str, ...] = ()


def peut_encore_changer(consultation: Consultation, lot: int | None) -> Decision:
    dits: list[CeQuiSAppuie] = [import_string(chemin) for chemin in APPUIS]
    return Decision.selon(
        *(motif for dire in dits if not (d := dire(consultation, lot)).favorable for motif in d.motifs)
    )
