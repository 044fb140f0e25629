"""Crée la base, ou la met au niveau de cette version, et engage au journal les lignes qu'une
version d'avant n'y engageait pas ; suspend les rôles tenus par des adresses que personne n'a
prouvées ; règle le compartiment S3, s'il y en a un.

À relancer après chaque mise à jour ; sans effet si la base est déjà à jour. Sur PostgreSQL, une
migration n'attend pas un verrou plus d'une seconde : elle laisse passer ceux qui servent, et
recommence.

--verifier ne touche à rien : il dit si la mise à jour se fait pendant que la version d'avant sert.
Code de retour : 0, oui, ou il n'y a rien à faire ; 3, il faut d'abord arrêter, et pourquoi ; 1, la
base ne se lit pas, ou la place manque.
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli.cadre import (
    exiger_des_reglages_justes,
    exiger_la_base,
    exiger_les_cles_de_la_base,
    preparer_django,
)
from beffroi.commandes.cli.migrer_en_servant import en_laissant_passer
from beffroi.commandes.cli.migrer_seul import seul_a_migrer
from beffroi.commandes.cli.migrer_verifier import demande_un_arret, verifier
from beffroi.commandes.cli.stockage_distant import autoriser_les_pages


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--verifier",
        action="store_true",
        help="ne touche à rien : dit s'il faut arrêter la plateforme pour mettre à jour",
    )
    analyseur.add_argument(
        "--nouvelles-cles",
        action="store_true",
        help="les clés d'avant sont perdues : prend celles d'ici, et l'inscrit au registre",
    )
    analyseur.add_argument("--silencieux", action="store_true", help="ne dit rien si tout va bien")


def executer(options: Namespace) -> int:
    preparer_django()
    exiger_un_nom_de_registre()
    exiger_la_base()
    if options.verifier:
        return verifier()
    from django.conf import settings
    from django.db import connection

    with seul_a_migrer(connection, donnees=settings.DONNEES):
        mettre_la_base_a_jour(options)
    autoriser_les_pages()
    return 0


def mettre_la_base_a_jour(options: Namespace) -> None:
    from beffroi.personnes.cles.services import suspendre_les_gardes_sans_preuve
    from beffroi.personnes.organismes.services import suspendre_les_roles_sans_preuve
    from beffroi.socle.fondations.horloge import maintenant
    from beffroi.socle.journal.services import reprendre_les_lignes

    if not options.nouvelles_cles:
        exiger_les_cles_si_la_base_les_connait()
    mettre_les_tables_a_jour(bavardage=0 if options.silencieux else 1)
    if options.nouvelles_cles:
        changer_les_cles()
    exiger_les_cles_de_la_base()
    reprendre_les_lignes(le=maintenant())
    suspendus = suspendre_les_roles_sans_preuve(maintenant=maintenant())
    suspendus += suspendre_les_gardes_sans_preuve(maintenant=maintenant())
    if suspendus:
        print(
            f"{suspendus} rôles ou gardes attendent que leur adresse soit prouvée : "
            "un lien vient d'y partir (UPGRADE.md)."
        )


def exiger_un_nom_de_registre() -> None:
    """Avant toute écriture : la première l'y met pour toujours."""
    from beffroi.socle.fondations.checks import nom_du_registre

    exiger_des_reglages_justes(nom_du_registre())


def changer_les_cles() -> None:
    from beffroi.socle.fondations.horloge import maintenant
    from beffroi.socle.journal.acteurs import PLATEFORME
    from beffroi.socle.noeuds import services

    changees = services.changer_les_cles(par=PLATEFORME, maintenant=maintenant())
    print(
        f"clés changées, et inscrites au registre : {', '.join(changees)} (cle-perdue.md)."
        if changees
        else "les clés d'ici sont déjà celles de la base : rien n'a changé."
    )


def exiger_les_cles_si_la_base_les_connait() -> None:
    """Avant de rien changer ; une base d'avant ne les connaît pas, et se juge aussitôt après."""
    from django.db import connection

    from beffroi.socle.noeuds.models import CleDeLaBase

    if CleDeLaBase._meta.db_table in connection.introspection.table_names():
        exiger_les_cles_de_la_base()


def mettre_les_tables_a_jour(*, bavardage: int = 0) -> None:
    """D'où qu'en soit la base : vide, d'avant la 0.1.0, ou arrêtée au milieu d'une mise à jour."""
    from django.core.management import call_command
    from django.db import connection

    from beffroi.commandes.cli.migrations_d_avant import finir_les_migrations_d_avant

    finir_les_migrations_d_avant(connection)
    arret = demande_un_arret()
    # Avant aussi : arrêtée en chemin, la suite ne saurait plus que le début demandait un arrêt.
    noter_la_version(a_l_arret=arret)
    en_laissant_passer(
        connection, lambda: call_command("migrate", verbosity=bavardage, interactive=False)
    )
    noter_la_version(a_l_arret=arret)


def noter_la_version(*, a_l_arret: bool) -> None:
    """Une base d'avant n'a pas où la noter : elle le fait une fois migrée."""
    from django.db import connection

    from beffroi.socle.fondations.horloge import maintenant
    from beffroi.socle.noeuds.models import MiseAJour
    from beffroi.socle.noeuds.services import noter_la_mise_a_jour

    if MiseAJour._meta.db_table in connection.introspection.table_names():
        noter_la_mise_a_jour(a_l_arret=a_l_arret, le=maintenant())
