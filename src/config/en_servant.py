"""Ce qu'un serveur web prépare dans chaque processus, une fois né, avant sa première demande."""

import logging

from django.db import DatabaseError, connection

from config.sqlite.base import DatabaseWrapper
from config.sqlite.reserve import Reserve

logger = logging.getLogger(__name__)


def preparer_la_base() -> None:
    """La première demande trouve une connexion ouverte, qui a lu le schéma.

    Une base qui ne répond pas encore n'empêche pas de naître : les pages diront de revenir.
    """
    if connection.vendor == "sqlite":
        DatabaseWrapper.reserve = Reserve()
    try:
        connection.introspection.table_names()
    except DatabaseError:
        logger.warning("database not ready at start", exc_info=True)
    finally:
        connection.close()
