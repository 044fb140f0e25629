"""La ronde qui rattrape une publication à l'heure dite qu'un ouvrier mort aurait perdue."""

from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services.programmation import controler_puis_publier


def publier_ce_qui_est_du(le: datetime) -> None:
    """Ronde : tout ce dont l'heure dite est passée. Rejouée, elle ne publie rien deux fois."""
    for consultation in Consultation.toutes.filter(
        etat=Consultation.Etat.PROGRAMMEE, publication_prevue_le__lte=le
    ):
        controler_puis_publier(consultation)
