"""La ronde des tentatives."""

import logging
from datetime import datetime

from django.db import DatabaseError

from beffroi.reponse.traces import cahier, services

logger = logging.getLogger(__name__)
PAR_RONDE = 200


def relever(le: datetime) -> None:
    """Ronde : chaque cahier fini entre dans la base et au journal, dans sa transaction ;
    un fautif n'arrête pas les autres.
    """
    for rang, fichier in enumerate(cahier.finis(le)):
        if rang >= PAR_RONDE:
            break
        try:
            services.relever(fichier, maintenant=le)
        except (DatabaseError, ValueError):
            logger.exception("a notebook could not be collected: %s", fichier.name)
