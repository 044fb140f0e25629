"""La ronde : la notification d'un titulaire est reçue quand il l'a lue."""

import logging
from datetime import datetime

from beffroi.contrat.engagements import queries
from beffroi.contrat.engagements.services.notification import constater_la_lecture

logger = logging.getLogger(__name__)


def faire_le_tour(le: datetime) -> None:
    """Chaque lecture dans sa transaction :
    celle qui échoue n'arrête pas les autres, et la ronde suivante la reprend.
    """
    for engagement in queries.lus_et_pas_encore_recus():
        try:
            constater_la_lecture(engagement=engagement, maintenant=le)
        except Exception:
            logger.exception("a reading could not be recorded: %s", engagement.reference)
