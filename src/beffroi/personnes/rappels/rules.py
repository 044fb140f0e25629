"""Quand un résumé du matin a encore un sens."""

from datetime import date, datetime, timedelta

from beffroi.personnes.abonnements.rules import dernier_resume

# Un résumé du matin qui partirait le soir ne servirait qu'à troubler.
FIN_DU_MATIN = timedelta(hours=4)


def matin_en_cours(le: datetime) -> date | None:
    """Le jour dont on écrit le résumé, de huit heures à midi, à Paris ; aucun le reste du temps."""
    huit_heures = dernier_resume(le)
    return huit_heures.date() if le - huit_heures < FIN_DU_MATIN else None
