"""Vérifie un fichier de données essentielles, JSON ou XML :
la forme, les règles au-delà du schéma, le schéma officiel.

Chaque défaut dit son contrat, son champ, ce qui ne va pas, le texte qui l'exige et le remède. Code
de sortie : 0 si rien n'est refusé, 1 sinon, 2 si le fichier n'a pas pu être ouvert. Sans le schéma
officiel, nos règles décident, et c'est dit.
"""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from beffroi.commandes.cli import normes_dossier
from beffroi.commandes.cli.calculs.decp_lu import contenu_de
from formats.decp import rapport


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "fichier", metavar="FICHIER", type=Path, help="les données essentielles : JSON ou XML"
    )
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")
    normes_dossier.arguments(analyseur)


def executer(options: Namespace) -> int:
    rendu = rapport.verifier(contenu_de(options.fichier), normes=normes_dossier.indique(options))
    if options.json:
        print(json.dumps(rapport.en_json(rendu), ensure_ascii=False, indent=2))
    else:
        print(rapport.en_lignes(rendu))
        if rendu.non_faits and rendu.est_bon:
            print(
                f"Les fichiers officiels se règlent par {normes_dossier.VARIABLE}, ou par --normes."
            )
    return 0 if rendu.est_bon else 1
