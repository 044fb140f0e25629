"""Le résumé du matin : à huit heures de Paris, une tâche par personne. Une tâche refaite n'écrit rien de plus."""

from datetime import date, datetime

from django.conf import settings
from django.tasks import task

from beffroi.comptes.models import Utilisateur
from beffroi.notifications import queries, rules, services
from beffroi.socle.horloge import maintenant


def commencer_le_matin(le: datetime) -> None:
    """Ronde. L'espace d'essai et l'école n'ont pas de lendemain : personne n'y attend de résumé."""
    if settings.ESPACE:
        return
    jour = rules.matin_en_cours(le)
    if jour and not queries.est_commence(jour):
        services.commencer_le_matin(jour=jour)


@task()
def resumer(personne: int, jour: str) -> None:
    """La file a pu la retenir : passé midi, elle n'écrit plus rien."""
    le, du_jour = maintenant(), date.fromisoformat(jour)
    trouvee = Utilisateur.objects.filter(pk=personne, est_actif=True).first()
    if trouvee is not None and rules.matin_en_cours(le) == du_jour:
        services.ecrire_le_resume(personne=trouvee, jour=du_jour, maintenant=le)
