"""Vérifie un avis européen :
nos règles, le schéma officiel, les règles officielles de son sous-type.

Code de sortie : 0 si rien ne s'oppose à l'envoi, 1 si un défaut s'y oppose, 2 si le
fichier n'a pas pu être lu ou la demande comprise. Un contrôle officiel qui n'a pas eu
lieu est dit, jamais supposé bon.
"""

import json
import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from beffroi.commandes.cli import normes_dossier
from beffroi.commandes.cli.erreurs import ErreurDArguments, ErreurDeCommande
from beffroi.commandes.cli.fichiers import fichier_lisible
from formats.avis import AvisIllisible, ouvrir, rapport

TAILLE_MAXIMALE = 10_000_000


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("avis", metavar="AVIS.xml", type=Path, help="l'avis européen, en XML")
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")
    normes_dossier.arguments(analyseur)


def executer(options: Namespace) -> int:
    try:
        with fichier_lisible(options.avis) as flux:
            contenu = flux.read(TAILLE_MAXIMALE + 1)
    except ErreurDeCommande as erreur:
        raise ErreurDArguments(str(erreur)) from erreur
    if len(contenu) > TAILLE_MAXIMALE:
        raise ErreurDArguments(
            f"{options.avis} dépasse {TAILLE_MAXIMALE // 1_000_000} Mo : ce n'est pas un avis."
        )
    try:
        lu = ouvrir(contenu)
    except AvisIllisible as illisible:
        raise ErreurDArguments(f"{options.avis} : {illisible}") from illisible
    rendu = rapport.verifier(
        lu,
        fichier=str(options.avis),
        normes=normes_dossier.indique(options),
        cache=dossier_de_cache(),
    )
    print(
        json.dumps(rapport.en_json(rendu), ensure_ascii=False, indent=2)
        if options.json
        else rapport.en_lignes(rendu)
    )
    if rendu.non_faits and not options.json:
        print(f"Les fichiers officiels se règlent par {normes_dossier.VARIABLE}, ou par --normes.")
    return 0 if rendu.est_bon else 1


def dossier_de_cache() -> Path:
    """Là où la machine range ce qui peut se refaire (norme XDG)."""
    return (
        Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "beffroi" / "schematron"
    )
