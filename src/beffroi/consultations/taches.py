"""Publier à l'heure dite : la tâche y va à l'instant, la ronde rattrape celle qu'un ouvrier mort aurait perdue."""

from datetime import datetime

from django.tasks import task

from beffroi.consultations import services
from beffroi.consultations.models import Consultation
from beffroi.socle.horloge import maintenant


@task()
def publier_a_l_heure_dite(reference: str) -> None:
    services.publier_a_l_heure_dite(consultation=Consultation.toutes.get(reference=reference), maintenant=maintenant())


def publier_ce_qui_est_du(le: datetime) -> None:
    """Ronde : tout ce dont l'heure dite est passée. Rejouée, elle ne publie rien deux fois."""
    for consultation in Consultation.toutes.filter(etat=Consultation.Etat.PROGRAMMEE, publication_prevue_le__lte=le):
        services.publier_a_l_heure_dite(consultation=consultation, maintenant=maintenant())
