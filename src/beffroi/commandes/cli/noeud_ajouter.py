"""Fait le paquet des clés qu'un nœud neuf doit partager, et donne son code.

Le paquet se copie comme on veut ; le code se dit à part. Il se prend une fois, dans les
vingt-quatre heures. Le registre garde qu'il a été fait, et pris.
"""

import hashlib
from argparse import ArgumentParser, Namespace
from pathlib import Path

from beffroi.commandes.cli import noeud_paquet
from beffroi.commandes.cli.cadre import exiger_une_base_a_jour, preparer_django
from beffroi.commandes.cli.fichiers import ecrire_pour_soi


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--vers", metavar="FICHIER", type=Path, required=True, help="le paquet à écrire"
    )


def executer(options: Namespace) -> int:
    preparer_django()
    exiger_une_base_a_jour("Lancez « ./beffroi migrer ».")
    from django.conf import settings

    from beffroi.commandes.cli.cadre import retenir_les_cles
    from beffroi.socle.fondations.horloge import maintenant
    from beffroi.socle.journal.acteurs import PLATEFORME
    from beffroi.socle.noeuds.services import remettre_les_cles

    retenir_les_cles()
    code = noeud_paquet.nouveau_code()
    paquet = noeud_paquet.composer(
        Path(settings.DONNEES) / "cles", cle_du_service=settings.SECRET_KEY, code=code
    )
    empreinte = hashlib.sha256(paquet).hexdigest()
    ecrire_pour_soi(options.vers, paquet)
    remettre_les_cles(empreinte=empreinte, par=PLATEFORME, maintenant=maintenant())
    print(
        f"paquet écrit : {options.vers}\ncode, à dire à part : {code}\n"
        f"Sur le nœud neuf, dans les vingt-quatre heures : ./beffroi noeud rejoindre --paquet "
        f"{options.vers.name}"
    )
    return 0
