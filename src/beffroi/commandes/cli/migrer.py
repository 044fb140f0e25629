"""Crée la base, ou la met au niveau de cette version, et engage au journal les lignes qu'une
version d'avant n'y engageait pas ; règle le compartiment S3, s'il y en a un.

À relancer après chaque mise à jour ; sans effet si la base est déjà à jour.
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli.cadre import exiger_la_base, preparer_django
from beffroi.commandes.cli.stockage_distant import autoriser_les_pages


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("--silencieux", action="store_true", help="ne dit rien si tout va bien")


def executer(options: Namespace) -> int:
    preparer_django()
    exiger_la_base()
    from django.core.management import call_command
    from django.db import connection

    from beffroi.commandes.cli.migrations_d_avant import finir_les_migrations_d_avant
    from beffroi.socle.fondations.horloge import maintenant
    from beffroi.socle.journal.services import reprendre_les_lignes

    finir_les_migrations_d_avant(connection)
    call_command("migrate", verbosity=0 if options.silencieux else 1, interactive=False)
    reprendre_les_lignes(le=maintenant())
    autoriser_les_pages()
    return 0
