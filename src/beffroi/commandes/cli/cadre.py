"""Préparer Django pour une commande, avec les réglages voulus, et s'assurer que la base répond."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import django
from django.core.checks import CheckMessage
from django.core.exceptions import ImproperlyConfigured

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.socle.fondations.chargement import sans_ramassage
from beffroi.socle.fondations.reglages import ReglageIllisible
from beffroi.socle.fondations.secrets_durables import reprendre_ceux_nes_ici

ATTENTE_DE_LA_BASE_S = 5


def preparer_django(*, reglages: str = "config.settings.base") -> None:
    """Charge Django une fois ; une variable DJANGO_SETTINGS_MODULE déjà posée l'emporte."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", reglages)
    try:
        with sans_ramassage():
            django.setup()
    except (ReglageIllisible, ImproperlyConfigured) as erreur:
        raise ErreurDeCommande(str(erreur)) from erreur


def exiger_de_pouvoir_servir() -> None:
    """Des réglages justes, une base à jour, et ses clés : « serve » ne démarre pas sans, et
    « noeud verifier » le dit avant lui. N'écrit rien.
    """
    from django.core.checks import run_checks

    exiger_des_reglages_justes(run_checks(include_deployment_checks=False))
    exiger_une_base_a_jour("Lancez « ./beffroi migrer ».")


def exiger_des_reglages_justes(trouves: Iterable[CheckMessage]) -> None:
    """Une erreur des vérifications empêche d'aller plus loin, et se dit avec son remède."""
    erreurs = [message for message in trouves if message.is_serious()]
    if erreurs:
        raise ErreurDeCommande(
            " ; ".join(f"{message.msg} {message.hint or ''}".strip() for message in erreurs)
        )


def exiger_la_base() -> None:
    """Dit tout de suite qu'une base ne répond pas,
    sans attendre que le groupe de connexions se lasse.
    """
    from django.db import DatabaseError, connection

    try:
        if connection.vendor == "postgresql":
            joindre_postgresql(connection.get_connection_params())
        else:
            connection.ensure_connection()
    except DatabaseError as erreur:
        raise ErreurDeCommande(
            f"la base de données ne répond pas : {str(erreur).strip()}. "
            "Vérifiez BEFFROI_BASE_DE_DONNEES."
        ) from erreur


def joindre_postgresql(parametres: dict[str, Any]) -> None:
    import psycopg
    from django.db import OperationalError

    try:
        psycopg.connect(**{**parametres, "connect_timeout": ATTENTE_DE_LA_BASE_S}).close()
    except psycopg.Error as erreur:
        raise OperationalError(str(erreur).strip().splitlines()[0]) from erreur


def exiger_une_base_a_jour(conseil: str) -> None:
    """Refuse une base plus ancienne que le logiciel, ou vide ; le conseil dit quoi faire."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    exiger_la_base()
    try:
        executeur = MigrationExecutor(connection)
        en_retard = executeur.migration_plan(executeur.loader.graph.leaf_nodes())
    except DatabaseError as erreur:
        raise ErreurDeCommande(f"la base de données ne se lit pas : {erreur}.") from erreur
    if en_retard:
        raise ErreurDeCommande(
            f"la base de données est vide, ou plus ancienne que le logiciel. {conseil}"
        )
    exiger_une_version_admise()
    exiger_les_cles_de_la_base()


def exiger_une_version_admise() -> None:
    """Refuse un logiciel trop ancien pour cette base : il y lirait autre chose, ou rien."""
    from beffroi.socle.fondations.version import numero_de_version
    from beffroi.socle.noeuds import queries, rules

    passages = [rules.Passage(une.version, une.a_l_arret) for une in queries.mises_a_jour()]
    decision = rules.peut_servir(numero_de_version(), passages=passages)
    if not decision.favorable:
        raise ErreurDeCommande(
            f"{decision.motifs[0]}. Rien n'a été écrit. Mettez ce nœud à la version de la base, "
            "puis relancez ; pour revenir en arrière : UPGRADE.md."
        )


def exiger_les_cles_de_la_base() -> None:
    """Refuse de signer le registre d'une autre main que la sienne, ou d'en fabriquer une."""
    from django.conf import settings

    from beffroi.socle.noeuds.queries import etrangeres

    autres = [f"{cle.usage} ({cle.ou})" for cle in etrangeres()]
    if autres:
        reprendre_ceux_nes_ici(Path(settings.DONNEES) / "cles")
        raise ErreurDeCommande(
            f"cette base se tient avec d'autres clés que celles d'ici : {', '.join(autres)}. Rien "
            "n'a été écrit. Copiez le dossier des clés d'un nœud qui la sert, ou d'une "
            "sauvegarde ; ou donnez à ce nœud l'adresse de sa propre base. Perdues pour de bon : "
            "docs/exploitants/cle-perdue.md."
        )


def retenir_les_cles() -> None:
    """Qui sert une base neuve lui donne ses clés ; de deux à la fois, le second s'arrête."""
    from beffroi.socle.fondations.horloge import maintenant
    from beffroi.socle.noeuds import services

    services.retenir_les_cles(le=maintenant())
    exiger_les_cles_de_la_base()
