"""Sert la plateforme. Le travail remis à plus tard se lance à côté : « ./beffroi worker ».

En production, un serveur frontal (nginx) reçoit les connexions et les corps des requêtes.
"""

import logging
import os
import shutil
from argparse import ArgumentParser, Namespace
from copy import deepcopy

from beffroi.commandes.cli.analyse import port
from beffroi.commandes.cli.cadre import (
    exiger_de_pouvoir_servir,
    preparer_django,
    retenir_les_cles,
)
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.espace_a_cote import espaces_voulus
from beffroi.commandes.cli.processus import port_libre

logger = logging.getLogger(__name__)
# Un envoi en route finit. Au-delà, il se reprendra là où il en était : une demande qui n'en finit
# pas ne doit pas retenir l'arrêt jusqu'à ce que le superviseur tue tout (90 s, `deploiement`).
ARRET_AU_PLUS_S = 60
# Ce qu'une connexion peut faire attendre ici ; le reste attend chez qui envoie. D'ordinaire trois
# fois plus, que cent cinquante envois tiennent ensemble.
TAMPON_D_UNE_CONNEXION = 128 * 1024


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("--hote", default="127.0.0.1", help="adresse d'écoute (127.0.0.1)")
    analyseur.add_argument("--port", type=port, default=8000, help="port d'écoute (8000)")
    analyseur.add_argument("--processus", type=int, default=1, help="processus web (1)")
    analyseur.add_argument(
        "--port-essai", type=port, help="port d'écoute de l'espace d'essai (celui de son adresse)"
    )


def executer(options: Namespace) -> int:
    preparer_django()
    exiger_de_pouvoir_servir()
    dire_ce_que_le_coffre_n_a_pas()
    retenir_les_cles()
    if not port_libre(options.port, hote=options.hote):
        raise ErreurDeCommande(
            f"le port {options.port} de {options.hote} est pris. Choisissez-en un autre par --port."
        )
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    espaces = espaces_voulus(options)
    for espace in espaces:
        espace.demarrer()
    try:
        lancer(options)
    finally:
        for espace in espaces:
            espace.arreter()
    return 0


def dire_ce_que_le_coffre_n_a_pas() -> None:
    """Un système qui refuse une protection n'empêche pas de servir : il se dit, une fois."""
    from beffroi.seance.coffre import protections

    accordees = protections.essayer()
    if accordees.refus:
        logger.warning(accordees.phrase())


def lancer(options: Namespace, *, application: str = "config.wsgi_d_un_noeud:application") -> None:
    from django.conf import settings
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.server import Server

    from beffroi.socle.fondations import chargement, memoire

    # Ici, ses copies le partagent ; chez elles, chacune le referait.
    chargement.tout_charger()
    rendre_les_connexions()
    memoire.partager_les_tas()
    # Les comptes des processus d'avant ne sont plus ceux de personne.
    shutil.rmtree(settings.METRIQUES["dossier"], ignore_errors=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    Server(
        application,
        address=options.hote,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.processus,
        blocking_threads=settings.FILS,
        http1_settings=HTTP1Settings(max_buffer_size=TAMPON_D_UNE_CONNEXION),
        log_dictconfig=deepcopy(settings.LOGGING),
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=ARRET_AU_PLUS_S,
    ).serve()


def rendre_les_connexions() -> None:
    """Le serveur se copie lui-même pour servir : aucune base ouverte ne doit l'être avant.

    Ses copies parleraient à plusieurs sur la même connexion, et liraient les réponses les unes des
    autres ; le groupe de connexions de PostgreSQL y naîtrait sans les fils qui l'agrandissent et
    qui remplacent une connexion perdue.
    """
    from django.db import connections

    for connexion in connections.all(initialized_only=True):
        connexion.close()
        if connexion.vendor == "postgresql":
            connexion.close_pool()  # type: ignore[attr-defined]
