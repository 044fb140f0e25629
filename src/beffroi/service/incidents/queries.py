"""Les incidents, les heures limites qu'ils ont touchées, ce qui attend un acheteur."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES, consultation_pour
from beffroi.achat.tours.models import Tour
from beffroi.achat.tours.queries import limite_de
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.service.disponibilite.models import Evenement
from beffroi.service.incidents import rules
from beffroi.service.incidents.models import Incident, Proposition
from beffroi.service.incidents.permissions import ACTES
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete

Etat = Consultation.Etat
FINIES = frozenset({Etat.ATTRIBUEE, Etat.SANS_SUITE, Etat.ARCHIVEE})


def incidents() -> QuerySet[Incident]:
    return Incident.objects.select_related("evenement")


def incident(numero: str) -> Incident:
    trouve = incidents().filter(numero=numero).first()
    if trouve is None:
        raise Introuvable
    return trouve


def sans_numero() -> QuerySet[Evenement]:
    """Les incidents annoncés qui n'ont pas encore de numéro."""
    return Evenement.objects.filter(sorte=Evenement.Sorte.INCIDENT, incident=None)


@dataclass(frozen=True)
class Touchee:
    """Une heure limite, d'une consultation ou d'un tour :
    les minutes perdues, ce qui est proposé, ce qui a été répondu.
    """

    consultation: Consultation
    tour: Tour | None
    limite: datetime
    minutes: int
    nouvelle_limite: datetime
    prolongeable: bool
    proposition: Proposition | None = None


def touchees(de: Incident, *, le: datetime) -> list[Touchee]:
    """Les heures limites dont les vingt-quatre heures d'avant ont croisé
    l'incident, la plus proche d'abord.

    Elles se trouvent d'elles-mêmes ;
    une fois proposées, elles gardent les minutes et l'heure limite dites alors.
    """
    faites = list(de.propositions.select_related("consultation__organisme", "tour"))
    connues = {(une.consultation_id, une.tour_id) for une in faites}
    debut, fin = de.evenement.commence_le, de.evenement.fini_le or le
    trouvees = [
        _touchee(consultation, tour, debut, fin, le=le)
        for consultation, tour in _heures_limites(debut, fin + rules.AVANT_L_HEURE_LIMITE)
        if (consultation.pk, tour and tour.pk) not in connues
    ]
    nouvelles = sorted(
        (une for une in trouvees if une.minutes), key=lambda une: (une.limite, une.consultation.pk)
    )
    return [*(_proposee(une, le=le) for une in faites), *nouvelles]


def _heures_limites(apres: datetime, avant: datetime) -> Iterator[tuple[Consultation, Tour | None]]:
    """Celles des consultations publiées, puis celles des tours d'offres,
    plus tardives et réservées aux invités.
    """
    publiees = Consultation.toutes.exclude(etat__in=NON_PUBLIEES).select_related("organisme")
    for consultation in publiees.filter(date_limite_remise__gt=apres, date_limite_remise__lt=avant):
        yield consultation, None
    tours = Tour.objects.filter(date_limite__gt=apres, date_limite__lt=avant)
    for tour in tours.select_related("consultation__organisme"):
        yield tour.consultation, tour


def _touchee(
    consultation: Consultation, tour: Tour | None, debut: datetime, fin: datetime, *, le: datetime
) -> Touchee:
    limite = limite_de(consultation, tour)
    recoit = (
        consultation.etat not in FINIES and tour.clos_le is None
        if tour
        else consultation.etat == Etat.PUBLIEE
    )
    return Touchee(
        consultation,
        tour,
        limite,
        rules.minutes_touchees(debut=debut, fin=fin, limite=limite),
        rules.limite_proposee(limite=limite, fini_le=fin),
        recoit and rules.prolongation_possible(limite=limite, le=le).favorable,
    )


def _proposee(une: Proposition, *, le: datetime) -> Touchee:
    encore = rules.prolongation_possible(limite=une.limite, le=le).favorable
    return Touchee(
        une.consultation, une.tour, une.limite, une.minutes, une.nouvelle_limite, encore, une
    )


def proposition_pour(personne: Utilisateur, reference: str, le: datetime) -> Proposition:
    """La proposition faite à l'acheteur sur sa consultation,
    qu'il attende encore ou qu'il ait répondu.
    """
    consultation = consultation_pour(personne, reference, "repondre_a_un_incident", le, table=ACTES)
    faites = Proposition.objects.filter(consultation=consultation).select_related(
        "incident__evenement", "tour"
    )
    derniere = faites.order_by("-proposee_le", "-pk").first()
    if derniere is None:
        raise Introuvable
    return derniere


def raison(proposition: Proposition, *, le: datetime) -> str:
    """Ce que liront toutes les entreprises ; répondue, elle dit l'heure de la réponse."""
    evenement = proposition.incident.evenement
    return rules.raison(
        numero=proposition.incident.numero,
        debut=evenement.commence_le,
        fini_le=evenement.fini_le,
        le=proposition.repondue_le or le,
        limite=proposition.ancienne_limite,
    )


@prete
def attendues(organismes: list[int]) -> QuerySet[Proposition]:
    return Proposition.objects.filter(
        reponse=Proposition.Reponse.ATTENDUE, consultation__organisme__in=organismes
    ).select_related("consultation", "incident", "tour")
