"""La fiche d'un adhérent : ses demandes, ses relectures, et ce que le centre lui a promis
(les ports `adherents.SesDemandes` et `adherents.OrganismeDUneConsultation`).
"""

from datetime import datetime, timedelta

from django.db.models import Case, F, Q, When
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

MONTREES = 8
# Ce qui est réglé depuis plus longtemps n'apprend plus rien à qui décroche.
MEMOIRE = timedelta(days=365)
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
        *(_demande(une, le, lit=repond) for une in _demandes(organisme, le, manquees=not repond)),
        *(
            _relecture(une, le, repond=repond, relit=relit)
            for une in _relectures(organisme, le, manquees=not repond)
        ),
    ]
    faits = [fait for _, fait in sorted(dits, key=lambda dit: dit[0].reglee)]
    return Bloc(faits=faits, sinon="Aucune demande.") if faits or repond else None


def _demandes(organisme: Organisme, le: datetime, *, manquees: bool) -> list[Demande]:
    """Celles à qui l'on doit une réponse, la promesse la plus ancienne d'abord : aucune ne passe
    derrière d'autres ; puis les dernières reçues.
    """
    due = Q(etat__in=sorted(OUVERTES), repondue_le=None)
    siennes = Demande.objects.filter(due | Q(recue_le__gt=le - MEMOIRE), organisme=organisme)
    siennes = siennes.exclude(etat=Demande.Etat.FUSIONNEE)
    if manquees:
        siennes = siennes.filter(
            Q(repondue_le__gt=F("promise_pour")) | due & Q(promise_pour__lt=le)
        )
    promesse_due = Case(When(due, then=F("promise_pour")))
    return list(siennes.order_by(promesse_due.asc(nulls_last=True), "-recue_le")[:MONTREES])


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


def _relectures(organisme: Organisme, le: datetime, *, manquees: bool) -> list[Relecture]:
    due = Q(etat__in=(Etat.DEMANDEE, Etat.PRISE))
    siennes = Relecture.objects.filter(
        due | Q(etat=Etat.RENDUE, demandee_le__gt=le - MEMOIRE), consultation__organisme=organisme
    )
    if manquees:
        siennes = siennes.filter(Q(rendue_le__gt=F("due_le")) | due & Q(due_le__lt=le))
    promesse_due = Case(When(due, then=F("due_le")))
    rangees = siennes.order_by(promesse_due.asc(nulls_last=True), "-demandee_le")
    return list(rangees.select_related("consultation")[:MONTREES])


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
