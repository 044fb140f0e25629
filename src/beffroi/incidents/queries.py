"""Les incidents, les consultations qu'ils ont touchées, ce qui attend un acheteur."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from beffroi.comptes.models import Utilisateur
from beffroi.consultations.models import Consultation
from beffroi.consultations.queries import NON_PUBLIEES, consultation_pour
from beffroi.disponibilite.models import Evenement
from beffroi.incidents import rules
from beffroi.incidents.models import Incident, Proposition
from beffroi.incidents.permissions import ACTES
from beffroi.organismes.permissions import exiger_role
from beffroi.organismes.queries import habilitation_d_exploitant
from beffroi.socle.erreurs import Introuvable


def exiger_au_centre(personne: Utilisateur, le: datetime) -> None:
    exiger_role(habilitation_d_exploitant(personne, le), "tenir_les_incidents", ACTES)


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
    """Une consultation, les minutes perdues, ce qui est proposé, ce qui a été répondu."""

    consultation: Consultation
    minutes: int
    nouvelle_limite: datetime
    prolongeable: bool
    proposition: Proposition | None


def touchees(de: Incident, *, le: datetime) -> list[Touchee]:
    """Les consultations dont les vingt-quatre dernières heures ont croisé l'incident, l'heure limite la plus proche d'abord.

    Elles se trouvent d'elles-mêmes ; une fois proposées, elles gardent les minutes et l'heure limite dites alors.
    """
    debut, fin = de.evenement.commence_le, de.evenement.fini_le or le
    proposees = {une.consultation_id: une for une in de.propositions.select_related("consultation__organisme")}
    lues = Consultation.toutes.exclude(etat__in=NON_PUBLIEES).filter(
        date_limite_remise__gt=debut, date_limite_remise__lt=fin + rules.AVANT_L_HEURE_LIMITE
    )
    trouvees = [
        _touchee(une, debut, fin, le=le)
        for une in lues.select_related("organisme").exclude(pk__in=proposees).order_by("date_limite_remise", "pk")
    ]
    return [*(_proposee(une, le=le) for une in proposees.values()), *(une for une in trouvees if une.minutes)]


def _touchee(consultation: Consultation, debut: datetime, fin: datetime, *, le: datetime) -> Touchee:
    limite = consultation.limite
    return Touchee(
        consultation,
        rules.minutes_touchees(debut=debut, fin=fin, limite=limite),
        rules.limite_proposee(limite=limite, fini_le=fin),
        consultation.etat == Consultation.Etat.PUBLIEE and rules.prolongation_possible(limite=limite, le=le).favorable,
        None,
    )


def _proposee(proposition: Proposition, *, le: datetime) -> Touchee:
    encore = rules.prolongation_possible(limite=proposition.consultation.limite, le=le).favorable
    return Touchee(proposition.consultation, proposition.minutes, proposition.nouvelle_limite, encore, proposition)


def proposition_pour(personne: Utilisateur, reference: str, le: datetime) -> Proposition:
    """La proposition faite à l'acheteur sur sa consultation, qu'il attende encore ou qu'il ait répondu."""
    consultation = consultation_pour(personne, reference, "repondre_a_un_incident", le, table=ACTES)
    faites = Proposition.objects.filter(consultation=consultation).select_related("incident__evenement")
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


def attendues(organismes: set[int]) -> QuerySet[Proposition]:
    return Proposition.objects.filter(
        reponse=Proposition.Reponse.ATTENDUE, consultation__organisme__in=organismes
    ).select_related("consultation", "incident")
