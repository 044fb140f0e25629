"""La fiche d'un adhérent : ses demandes, ses relectures, et ce que le centre lui a promis
(les ports `adherents.SesDemandes` et `adherents.OrganismeDUneConsultation`).
"""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.relectures.models import Relecture
from beffroi.achat.relectures.permissions import ACTES_DU_CENTRE
from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.ports import Bloc, Fait
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import permet
from beffroi.service.aide.rules import reference_dite
from beffroi.service.assistance.models import Demande
from beffroi.service.assistance.permissions import ACTES
from beffroi.service.assistance.rules.promesses import Promesse, promesse
from beffroi.service.assistance.states import OUVERTES

MONTREES = 6
Etat = Relecture.Etat


def organisme_d_une_consultation(dite: str) -> Organisme | None:
    """« n° 2026-0142, toiture » : à qui elle est, publiée ou non."""
    reference = reference_dite(dite)
    if not reference:
        return None
    nommee = Consultation.toutes.filter(reference=reference, technique=False)
    trouvee = nommee.select_related("organisme").first()
    return trouvee.organisme if trouvee else None


def ses_demandes(adherent: Adherent, *, pour: Habilitation, le: datetime) -> Bloc | None:
    """Qui répond lit tout ; les autres, qu'une promesse a été dépassée, et rien de plus."""
    organisme = adherent.organisme
    repond = permet(pour, "voir_les_demandes", ACTES)
    if organisme is None:
        return Bloc(sinon="Aucune demande.") if repond else None
    relit = permet(pour, "relire", ACTES_DU_CENTRE)
    dits = [
        *(_demande(une, le, lit=repond) for une in _demandes(organisme)),
        *(_relecture(une, le, repond=repond, relit=relit) for une in _relectures(organisme)),
    ]
    if repond:
        dits.sort(key=lambda dit: (dit[0].reglee, -dit[1].le.timestamp() if dit[1].le else 0))
        return Bloc(faits=[fait for _, fait in dits], sinon="Aucune demande.")
    depassees = [fait for promise, fait in dits if promise.depassee]
    return Bloc(faits=depassees) if depassees else None


def _demandes(organisme: Organisme) -> list[Demande]:
    """Toutes celles qui sont ouvertes, puis les dernières closes."""
    siennes = Demande.objects.filter(organisme=organisme).exclude(etat=Demande.Etat.FUSIONNEE)
    ouvertes = siennes.filter(etat__in=OUVERTES).order_by("promise_pour", "pk")
    closes = siennes.exclude(etat__in=OUVERTES).order_by("-recue_le", "-pk")
    return [*ouvertes[:MONTREES], *closes[:MONTREES]]


def _demande(demande: Demande, le: datetime, *, lit: bool) -> tuple[Promesse, Fait]:
    promise = promesse(
        promise_pour=demande.promise_pour,
        tenue_le=demande.repondue_le,
        finie=not demande.est_ouverte,
        le=le,
    )
    page = reverse("assistance:au_centre", args=(demande.reference,)) if lit else ""
    quoi = f"« {demande.sujet} »" if lit else "Une demande d'assistance"
    return promise, _fait(quoi, promise, page, demande.recue_le)


def _relectures(organisme: Organisme) -> list[Relecture]:
    siennes = Relecture.objects.filter(consultation__organisme=organisme)
    siennes = siennes.exclude(etat=Etat.RETIREE).select_related("consultation")
    attendues = siennes.filter(Q(etat=Etat.DEMANDEE) | Q(etat=Etat.PRISE)).order_by("due_le", "pk")
    rendues = siennes.filter(etat=Etat.RENDUE).order_by("-demandee_le", "-pk")
    return [*attendues[:MONTREES], *rendues[:MONTREES]]


def _relecture(
    relecture: Relecture, le: datetime, *, repond: bool, relit: bool
) -> tuple[Promesse, Fait]:
    promise = promesse(
        promise_pour=relecture.due_le,
        tenue_le=relecture.rendue_le,
        finie=relecture.etat == Etat.RENDUE,
        le=le,
    )
    page = reverse("relectures:relire", args=(relecture.reference,)) if relit else ""
    quoi = f"Relecture, {relecture.consultation.titre}" if repond else "Une relecture"
    return promise, _fait(quoi, promise, page, relecture.demandee_le)


def _fait(quoi: str, promise: Promesse, page: str, le: datetime) -> Fait:
    return Fait(quoi=quoi, dit=promise.dite, ton=promise.ton, mot=promise.mot, url=page, le=le)
