"""La ronde du matin : à huit heures de Paris, une tâche par personne."""

from datetime import datetime

from django.conf import settings

from beffroi.personnes.rappels import queries, rules, services


def commencer_le_matin(le: datetime) -> None:
    """Ronde. L'espace d'essai et l'école n'ont pas de lendemain : personne n'y attend de résumé."""
    if settings.ESPACE:
        return
    jour = rules.matin_en_cours(le)
    if jour and not queries.est_commence(jour):
        services.commencer_le_matin(jour=jour)
