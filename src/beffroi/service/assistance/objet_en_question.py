"""L'écran d'un acheteur, tel qu'il le voit, pour qui lui répond : rien n'y agit.

Chaque contexte dit lequel des siens se regarde (`ecrans_a_montrer`, dans ses prises). La page est
composée par la vue de l'acheteur, pour lui : ses droits décident, et rien ne s'y écrit.
"""

from collections.abc import Iterable
from copy import copy
from datetime import datetime

from django.http import HttpRequest, QueryDict

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import EcranAMontrer, ecrans_a_montrer
from beffroi.achat.consultations.queries import consultation_pour
from beffroi.service.aide.rules import reference_dite
from beffroi.service.assistance.en_lecture import en_lecture
from beffroi.service.assistance.models import Demande
from beffroi.socle.fondations.erreurs import Introuvable, RoleManquant
from beffroi.socle.guichet.lecture import lecture


def consultation_de(demande: Demande, le: datetime) -> Consultation | None:
    """Celle que nomme une demande ouverte, si la personne qui demande peut elle-même la voir.

    Sinon, rien.
    """
    reference = reference_dite(demande.objet)
    if demande.demandeur is None or not demande.est_ouverte or not reference:
        return None
    try:
        return consultation_pour(demande.demandeur, reference, "voir", le)
    except (Introuvable, RoleManquant):
        return None


def ecrans(consultation: Consultation | None) -> Iterable[EcranAMontrer]:
    """Ce qui peut se regarder."""
    return ecrans_a_montrer(consultation) if consultation else ()


def un_ecran(consultation: Consultation | None, cle: str) -> EcranAMontrer | None:
    return next((ecran for ecran in ecrans(consultation) if ecran.cle == cle), None)


def vu(request: HttpRequest, demande: Demande, ecran: EcranAMontrer) -> str:
    """L'écran, rendu pour la personne qui demande, puis mis en lecture seule."""
    empruntee = copy(request)
    empruntee.user = demande.demandeur  # type: ignore[assignment]
    empruntee.GET = QueryDict()
    empruntee._messages = []  # type: ignore[attr-defined]  # les siens, non ceux de l'agent
    with lecture():
        page = ecran.composer(empruntee)
    if page.status_code != 200:
        raise Introuvable()
    return en_lecture(page.content.decode())
