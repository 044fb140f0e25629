"""Fait le travail remis à plus tard : courriels, horodatages qualifiés, empreintes, rappels.

Un ouvrier tué ne perd rien : ses tâches sont reprises par le suivant à l'échéance de leur bail.
Une base qui redémarre ne le tue pas : il attend qu'elle réponde.
"""

import logging
import signal
import threading
from argparse import ArgumentParser, Namespace
from contextlib import suppress

from beffroi.commandes.cli.cadre import (
    exiger_une_base_a_jour,
    preparer_django,
    retenir_les_cles,
)

logger = logging.getLogger(__name__)
PAUSE_S = 0.5


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--une-fois", action="store_true", help="fait ce qui est dû, puis s'arrête"
    )


def executer(options: Namespace) -> int:
    preparer_django()
    exiger_une_base_a_jour("Lancez « ./beffroi migrer ».")
    retenir_les_cles()
    arret = threading.Event()
    for numero in (signal.SIGTERM, signal.SIGINT):
        signal.signal(numero, lambda *_: arret.set())
    travailler(arret, une_fois=options.une_fois)
    return 0


def travailler(arret: threading.Event, *, une_fois: bool = False) -> None:
    """La boucle de l'ouvrier : une ronde de temps en temps, des tâches dès qu'il y en a.

    Mourir avec la base laisserait les courriels en plan : un superviseur se lasse de relancer qui
    s'arrête aussitôt, et la base peut être longue à revenir.
    """
    from django.db import InterfaceError, OperationalError

    from beffroi.commandes.cli.ouvrier import Ouvrier

    ouvrier = Ouvrier(seul=une_fois)
    while not arret.is_set():
        try:
            encore = ouvrier.avancer()
        except (OperationalError, InterfaceError):
            if une_fois:
                raise
            logger.exception("database down, worker waiting")
            encore = False
        if encore:
            continue
        if une_fois:
            return
        arret.wait(PAUSE_S)
    with suppress(OperationalError, InterfaceError):
        ouvrier.s_arreter()
