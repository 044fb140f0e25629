"""Restaure une sauvegarde pour de vrai : dans une base vide et un dossier neuf, jamais par-dessus.

La base, les clés et les fichiers d'un même instant, celui que dit `sauvegarde.json` ; puis tout se
relit (verifier --journal). Une base qui sert, ou des données déjà là, se refusent : rien n'est
touché. Code de retour : 0, tout est revenu ; 1, non, et pourquoi.
"""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from beffroi.commandes.cli import sauvegarde_dossier, sauvegarde_essayer
from beffroi.commandes.cli.cadre import exiger_la_base, preparer_django
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.sauvegarde_essayer import Deroulement

AILLEURS = (
    "Restaurer par-dessus perdrait ce que cette sauvegarde n'a pas. Rien n'a été touché. Donnez "
    "une base vide (BEFFROI_BASE_DE_DONNEES) et un dossier neuf (BEFFROI_DONNEES), restaurez-y, "
    "relisez, puis arrêtez la plateforme et faites-la servir ceux-là ; gardez ceux d'ici jusqu'au "
    "bout."
)
DANS_S3 = (
    "Les fichiers sont dans {dossier} : recopiez-les tels quels dans le compartiment, les chemins "
    "sont les clés."
)


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--de",
        metavar="DOSSIER",
        type=Path,
        required=True,
        help="une sauvegarde, ou le dossier de toutes : alors la dernière",
    )


def executer(options: Namespace) -> int:
    # Ce qu'elle remet est à qui la lance, et à lui seul : les clés en sont.
    os.umask(0o077)
    preparer_django()
    exiger_la_base()
    from django.conf import settings
    from django.db import connection

    de = options.de.expanduser().resolve()
    une = (de / sauvegarde_dossier.FICHE).is_file()
    sauvegarde = sauvegarde_dossier.lire(de) if une else sauvegarde_dossier.derniere(de)
    donnees = Path(settings.DONNEES)
    exiger_un_lieu_vide(donnees)
    sauvegarde_essayer.exiger_le_meme_moteur(sauvegarde)
    connection.close()
    trouve, reglages = Deroulement(), {**connection.settings_dict}
    if sauvegarde_essayer.restaurer(sauvegarde, donnees, reglages, trouve):
        sauvegarde_essayer.verifier(donnees, reglages, trouve)
    for faute in trouve.fautes:
        print(f"NON   {faute}")
    print(
        f"{sauvegarde.dossier.name} : base, clés et {trouve.fichiers} fichiers remis en "
        f"{trouve.restauration_ms} ms, relus en {trouve.verification_ms} ms."
    )
    if settings.S3_DIRECT:
        print(DANS_S3.format(dossier=donnees / sauvegarde_dossier.FICHIERS))
    print("Tout est revenu." if not trouve.fautes else "Tout n'est pas revenu.")
    return 1 if trouve.fautes else 0


def exiger_un_lieu_vide(donnees: Path) -> None:
    """Une table dans la base, la clé du registre ou un fichier dans le dossier : ils servent."""
    from django.db import connection

    if connection.introspection.table_names():
        raise ErreurDeCommande(f"cette base n'est pas vide{_ce_qu_elle_a()}. {AILLEURS}")
    fichiers = donnees / sauvegarde_dossier.FICHIERS
    if (donnees / sauvegarde_dossier.CLES / "journal.txt").exists() or (
        fichiers.is_dir() and any(fichiers.iterdir())
    ):
        raise ErreurDeCommande(f"{donnees} garde déjà les données d'une plateforme. {AILLEURS}")


def _ce_qu_elle_a() -> str:
    from django.db import DatabaseError

    from beffroi.socle.journal.models import Ecriture
    from formats.dates import jour_et_heure

    try:
        derniere = Ecriture.objects.order_by("-numero").first()
    except DatabaseError:
        return ""
    return (
        f" : son registre va jusqu'au {jour_et_heure(derniere.le, exacte=True)}" if derniere else ""
    )
