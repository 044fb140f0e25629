"""Ce qu'un nœud a écrit à côté de la base lui revient de lui-même : il le relève.

Un ouvrier le fait à sa ronde ; un serveur web aussi, car il peut n'avoir aucun ouvrier à côté. Un
seul à la fois par nœud : un verrou du dossier des données.
"""

import fcntl
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from beffroi.socle.fondations import en_cours, prises
from beffroi.socle.fondations.horloge import maintenant

logger = logging.getLogger(__name__)
VERROU = "releve.verrou"
PERIODE_S = 20.0


def faire(ronde: prises.Ronde) -> None:
    """Une ronde qui échoue n'empêche pas les autres."""
    with en_cours.accomplir(en_cours.Travail(f"{ronde.__module__}.{ronde.__qualname__}")):
        try:
            ronde(maintenant())
        except Exception:
            logger.exception("ronde %s failed", ronde.__qualname__)


def faire_les_rondes_du_noeud() -> None:
    """Celles de ce nœud, si personne ne les fait en ce moment."""
    with seul_sur_ce_noeud() as seul:
        for ronde in prises.rondes_du_noeud() if seul else ():
            faire(ronde)


@contextmanager
def seul_sur_ce_noeud() -> Iterator[bool]:
    fichier = Path(settings.DONNEES) / VERROU
    with fichier.open("w") as verrou:
        try:
            fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def relever_en_servant(*, periode_s: float = PERIODE_S) -> threading.Event:
    """Dans un fil du serveur web, jusqu'à ce qu'on pose ce qui est rendu."""
    fini = threading.Event()

    def tourner() -> None:
        while not fini.wait(periode_s):
            try:
                faire_les_rondes_du_noeud()
            except (DatabaseError, OSError):
                logger.exception("local evidence could not be collected")
            finally:
                close_old_connections()

    threading.Thread(target=tourner, name="releve", daemon=True).start()
    return fini
