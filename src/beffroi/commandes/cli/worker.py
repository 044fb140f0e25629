"""Fait le travail remis à plus tard : courriels, horodatages qualifiés, empreintes, rappels.

Un ouvrier tué ne perd rien : ses tâches sont reprises par le suivant à l'échéance de leur bail.
"""

import signal
import threading
from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli.cadre import (
    exiger_une_base_a_jour,
    preparer_django,
    retenir_les_cles,
)

PAUSE_S = 0.5
PERIODE_DES_RONDES_S = 20


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
    """La boucle de l'ouvrier : une ronde de temps en temps, des tâches dès qu'il y en a."""
    from beffroi.commandes.cli.ouvrier import Ouvrier

    ouvrier = Ouvrier()
    prochaine_ronde = 0.0
    while not arret.is_set():
        if ouvrier.horloge() >= prochaine_ronde:
            ouvrier.faire_la_ronde()
            prochaine_ronde = ouvrier.horloge() + PERIODE_DES_RONDES_S
        if ouvrier.faire_une_tache():
            continue
        if une_fois:
            return
        arret.wait(PAUSE_S)
