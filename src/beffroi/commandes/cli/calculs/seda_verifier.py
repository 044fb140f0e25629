"""Vérifie un paquet d'archives (SIP) :
le schéma officiel du SEDA, puis l'intégrité du bordereau et de chaque fichier.

Chaque défaut dit où il est et quoi faire. Code de sortie : 0 si rien n'est refusé, 1 sinon,
2 si le fichier n'a pas pu être ouvert. Sans le schéma officiel, nos règles décident, et c'est dit.
"""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from lxml import etree

from beffroi.commandes.cli import normes_dossier
from beffroi.commandes.cli.erreurs import ErreurDArguments, ErreurDeCommande
from beffroi.commandes.cli.fichiers import fichier_lisible
from formats.seda.rapport import en_json, en_lignes, verifier


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "sip", metavar="SIP.zip", type=Path, help="le paquet : un ZIP, avec manifest.xml"
    )
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")
    analyseur.add_argument(
        "--profil",
        metavar="PROFIL.rng",
        type=Path,
        help="le profil d'un service d'archives (RelaxNG)",
    )
    normes_dossier.arguments(analyseur)


def executer(options: Namespace) -> int:
    try:
        with fichier_lisible(options.sip) as flux:
            rapport = verifier(flux, normes=normes_dossier.indique(options), profil=options.profil)
    except ErreurDeCommande as erreur:
        raise ErreurDArguments(str(erreur)) from erreur
    except etree.LxmlError as erreur:
        raise ErreurDArguments(
            f"{options.profil} n'est pas un profil RelaxNG que l'on puisse lire : {erreur}."
        ) from erreur
    if options.json:
        print(json.dumps(en_json(rapport), ensure_ascii=False, indent=2))
    else:
        print("\n".join(en_lignes(rapport)))
        if rapport.non_faits and rapport.version:
            print(
                f"Les fichiers officiels se règlent par {normes_dossier.VARIABLE}, ou par --normes."
            )
    return 0 if rapport.est_bon else 1
