"""L'écran d'un acheteur, tel qu'il le voit, pour qui lui répond :
sa consultation, sa publicité, un avis. Rien n'y agit.

La page est composée par la vue de l'acheteur, pour lui : ses droits décident, et rien ne s'y écrit.
Aucune de ces vues ne lit un dépôt ni une clé.
"""

from copy import copy
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict

from beffroi.achat.consultations.ecrans.views import brouillon, suivi
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES, consultation_pour
from beffroi.publicite.avis.queries import avis_de
from beffroi.publicite.avis.views import ecriture, publicite
from beffroi.service.aide.rules import reference_dite
from beffroi.service.assistance.en_lecture import en_lecture
from beffroi.service.assistance.models import Demande
from beffroi.socle.fondations.erreurs import Introuvable, RoleManquant
from beffroi.socle.guichet.lecture import lecture

CONSULTATION, PUBLICITE = "consultation", "publicite"


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


def ecrans(consultation: Consultation | None) -> list[tuple[str, str]]:
    """Ce qui peut se regarder, et comment le dire."""
    if consultation is None:
        return []
    avis = [(ecrit.reference, f"Son avis {ecrit.reference}") for ecrit in avis_de(consultation)]
    return [(CONSULTATION, "Sa consultation"), (PUBLICITE, "Sa publicité"), *avis]


def vu(request: HttpRequest, demande: Demande, consultation: Consultation, ecran: str) -> str:
    """L'écran, rendu pour la personne qui demande, puis mis en lecture seule."""
    empruntee = copy(request)
    empruntee.user = demande.demandeur  # type: ignore[assignment]
    empruntee.GET = QueryDict()
    empruntee._messages = []  # type: ignore[attr-defined]  # les siens, non ceux de l'agent
    with lecture():
        page = _page(empruntee, consultation, ecran)
    if page.status_code != 200:
        raise Introuvable()
    return en_lecture(page.content.decode())


def _page(request: HttpRequest, consultation: Consultation, ecran: str) -> HttpResponse:
    reference = consultation.reference
    if ecran == PUBLICITE:
        return publicite.publicite(request, reference)
    if ecran != CONSULTATION:
        return ecriture.avis(request, reference, ecran)
    vue = brouillon.preparer if consultation.etat in NON_PUBLIEES else suivi.suivre
    return vue(request, reference)
