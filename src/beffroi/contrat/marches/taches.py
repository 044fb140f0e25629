"""La ronde : un contrat notifié par la messagerie prend effet quand son titulaire l'a lu."""

import logging
from datetime import datetime

from beffroi.contrat.marches import queries
from beffroi.contrat.marches.services.notification import constater_la_lecture

logger = logging.getLogger(__name__)


def faire_le_tour(le: datetime) -> None:
    """Chaque lecture dans sa transaction :
    celle qui échoue n'arrête pas les autres, et la ronde suivante la reprend.
    """
    for marche in queries.lus_et_pas_encore_notifies():
        try:
            constater_la_lecture(marche=marche, maintenant=le)
        except Exception:
            logger.exception("a reading could not be recorded: %s", marche.reference)
