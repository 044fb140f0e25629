"""Publier à l'heure dite : la tâche y va à l'instant, la ronde rattrape celle qu'un ouvrier mort aurait perdue."""

from datetime import datetime

from django.tasks import task

from beffroi.consultations import services
from beffroi.consultations.models import Consultation
from beffroi.consultations.ports import controles_de_l_achat
from beffroi.socle.horloge import maintenant


@task()
def publier_a_l_heure_dite(reference: str) -> None:
    _publier(Consultation.toutes.get(reference=reference))


def publier_ce_qui_est_du(le: datetime) -> None:
    """Ronde : tout ce dont l'heure dite est passée. Rejouée, elle ne publie rien deux fois."""
    for consultation in Consultation.toutes.filter(etat=Consultation.Etat.PROGRAMMEE, publication_prevue_le__lte=le):
        _publier(consultation)


def _publier(consultation: Consultation) -> None:
    """Le règlement se lit avant l'acte, hors de sa transaction : sa lecture ne retient pas les dépôts."""
    if consultation.etat == Consultation.Etat.PROGRAMMEE:
        controles_de_l_achat(consultation, le=maintenant())
    services.publier_a_l_heure_dite(consultation=consultation, maintenant=maintenant())
