"""Copie la base, les fichiers reçus depuis la dernière fois et les clés,
et note la sauvegarde au journal.

La base d'abord : un fichier reçu pendant la copie y est de trop, jamais en moins. Les fichiers
se copient d'où la plateforme les garde, d'un disque ou d'un compartiment S3. Une sauvegarde où il
en manque n'est pas finie : la commande le dit, et rend 1.
"""

import os
import time
from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path

from beffroi.commandes.cli import sauvegarde_base, sauvegarde_dossier
from beffroi.commandes.cli.cadre import exiger_une_base_a_jour, preparer_django
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import dossier_de_sortie, empreinte_de
from beffroi.commandes.cli.sauvegarde_fichiers import source


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--vers", metavar="DOSSIER", type=Path, required=True, help="le dossier des sauvegardes"
    )


def executer(options: Namespace) -> int:
    # Tout ce qu'elle écrit est à qui la lance, et à lui seul : elle contient les clés.
    os.umask(0o077)
    preparer_django()
    exiger_une_base_a_jour("Lancez « ./beffroi migrer ».")
    from beffroi.service.restaurations.resultats import Copie
    from beffroi.service.restaurations.services import noter_la_sauvegarde
    from beffroi.socle.fondations.horloge import maintenant

    racine, commencee_le, debut = (
        dossier_de_sortie(options.vers.expanduser().resolve()),
        maintenant(),
        time.monotonic(),
    )
    dossier, base, fichiers, octets = _copier(racine, commencee_le)
    copie = Copie(
        nom=dossier.name,
        commencee_le=commencee_le,
        duree_ms=round((time.monotonic() - debut) * 1000),
        sha256=sauvegarde_dossier.lire(dossier).sha256,
        octets=base.stat().st_size,
        fichiers=fichiers,
        octets_des_fichiers=octets,
    )
    noter_la_sauvegarde(copie, maintenant=maintenant())
    print(
        f"{dossier} : base de {copie.octets} octets, {fichiers} fichiers copiés ({octets} octets)."
    )
    return 0


def _copier(racine: Path, commencee_le: datetime) -> tuple[Path, Path, int, int]:
    from django.conf import settings
    from django.db import connection

    from beffroi.socle.fondations.stockage import CleInconnue, StockageEnPanne

    dossier = racine / commencee_le.strftime("%Y-%m-%dT%H%M%SZ")
    if settings.DONNEES.resolve() in (racine, *racine.parents):
        raise ErreurDeCommande(
            f"{racine} est dans les données de la plateforme : un sinistre emporterait les deux."
        )
    if dossier.exists():
        raise ErreurDeCommande(f"{dossier} existe déjà : une sauvegarde par seconde, au plus.")
    dossier.mkdir(mode=0o700)
    base = dossier / sauvegarde_dossier.BASES[connection.vendor]
    instant = instant_de_la_base()
    sauvegarde_base.copier(connection.settings_dict, base)
    sauvegarde_dossier.copier_les_cles(
        Path(settings.DONNEES) / "cles", dossier / sauvegarde_dossier.CLES
    )
    try:
        fichiers, octets = sauvegarde_dossier.copier_ce_qui_manque(source(), racine, dossier)
    except (StockageEnPanne, CleInconnue) as panne:
        raise ErreurDeCommande(
            f"un fichier gardé ne se lit pas ({panne}) : {dossier} n'est pas une sauvegarde finie. "
            "Recommencez : ce qui est déjà copié ne le sera pas deux fois."
        ) from panne
    sauvegarde_dossier.ecrire_la_fiche(
        dossier,
        moteur=connection.vendor,
        commencee_le=commencee_le,
        sha256=empreinte_de(base),
        instant=instant,
    )
    return dossier, base, fichiers, octets


def instant_de_la_base() -> str:
    """Où en est PostgreSQL dans son propre journal : les fichiers copiés ensuite suffisent à cette
    base-là, que les archives savent rendre (`pgbackrest --type=lsn`).
    """
    from django.db import connection

    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_current_wal_lsn()::text")
        return str(curseur.fetchone()[0])
