"""Dépose une réponse d'essai chaque minute, par les adresses publiques, et note si cela a
marché ; compare l'horloge.

À lancer à part du serveur, sous un superviseur.
Si la base ne répond plus, les mesures attendent dans un fichier.
"""

import signal
import sys
import threading
from argparse import ArgumentParser, Namespace
from contextlib import suppress

from beffroi.commandes.cli.cadre import exiger_les_cles_de_la_base, preparer_django


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--une-fois", action="store_true", help="un passage, puis s'arrête (code 1 s'il a échoué)"
    )


def executer(options: Namespace) -> int:
    preparer_django()
    refuser_d_autres_cles()
    arret = threading.Event()
    if options.une_fois:
        return rapporter()
    for numero in (signal.SIGTERM, signal.SIGINT):
        signal.signal(numero, lambda *_: arret.set())
    while not arret.wait(avant_le_prochain()):
        rapporter()
    return 0


def refuser_d_autres_cles() -> None:
    """Ce qu'elle note entre au registre. Une base qui ne répond pas, elle la mesure : au
    prochain lancement, ses clés se diront.
    """
    from django.db import DatabaseError

    with suppress(DatabaseError):
        exiger_les_cles_de_la_base()


def rapporter() -> int:
    """Une ligne par passage, pour qui lit la sortie du superviseur."""
    from django.db import close_old_connections

    from beffroi.service.sonde.boucle import passer

    close_old_connections()
    resultat = passer().resultat
    dit = (
        f"déposé, {resultat.recepisse}"
        if resultat.reussi
        else f"échec ({resultat.etape}) : {resultat.phrase}"
    )
    sys.stdout.write(
        f"{resultat.commence_le:%Y-%m-%d %H:%M:%S} UTC, {resultat.duree_ms} ms, {dit}\n"
    )
    sys.stdout.flush()
    return 0 if resultat.reussi else 1


def avant_le_prochain() -> float:
    """Les secondes jusqu'au prochain pas :
    à la minute ronde, quelle qu'ait été la durée du passage.
    """
    from django.conf import settings

    from beffroi.socle.fondations.horloge import heure_reelle

    periode = float(settings.SONDE["periode_s"])
    return periode - heure_reelle().timestamp() % periode
