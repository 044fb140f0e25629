"""Le résumé du matin : à huit heures de Paris, une tâche par personne. Une tâche refaite n'écrit rien de plus."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.tasks import task

from beffroi.abonnements.rules import dernier_resume
from beffroi.comptes.models import Utilisateur
from beffroi.notifications import queries, services
from beffroi.socle.horloge import maintenant

# Un résumé du matin qui partirait le soir ne servirait qu'à troubler.
FIN_DU_MATIN = timedelta(hours=4)


def commencer_le_matin(le: datetime) -> None:
    """Ronde. L'espace d'essai et l'école n'ont pas de lendemain : personne n'y attend de résumé."""
    if settings.ESPACE:
        return
    huit_heures = dernier_resume(le)
    if le - huit_heures < FIN_DU_MATIN and not queries.est_commence(huit_heures.date()):
        services.commencer_le_matin(jour=huit_heures.date())


@task()
def resumer(personne: int, jour: str) -> None:
    trouvee = Utilisateur.objects.filter(pk=personne, est_actif=True).first()
    if trouvee is not None:
        services.ecrire_le_resume(personne=trouvee, jour=date.fromisoformat(jour), maintenant=maintenant())
