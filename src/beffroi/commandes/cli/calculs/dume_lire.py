"""Dit en français ce qu'un DUME déclare,
puis ce que lui reprochent nos règles et celles de l'Union.

Code de sortie : 0 si rien n'est refusé, 1 si un défaut l'est, 2 si le fichier n'a pas pu être lu.
Un contrôle officiel qui n'a pas eu lieu est dit, jamais supposé bon.
"""

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from beffroi.commandes.cli import normes_dossier
from beffroi.commandes.cli.calculs.avis_valider import dossier_de_cache
from beffroi.commandes.cli.erreurs import ErreurDArguments, ErreurDeCommande
from beffroi.commandes.cli.fichiers import fichier_lisible
from formats.dume import DumeIllisible
from formats.dume.lecture import TAILLE_MAXIMALE
from formats.dume.rapport import Rapport, verifier
from formats.dume.resume import en_lignes as ce_qu_il_dit
from formats.dume.resume import resume


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "dume", metavar="FICHIER", type=Path, help="le DUME, en XML : demande ou réponse"
    )
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")
    normes_dossier.arguments(analyseur)


def executer(options: Namespace) -> int:
    try:
        with fichier_lisible(options.dume) as flux:
            contenu = flux.read(TAILLE_MAXIMALE + 1)
        rapport = verifier(
            contenu, normes=normes_dossier.indique(options), cache=dossier_de_cache()
        )
    except ErreurDeCommande as erreur:
        raise ErreurDArguments(str(erreur)) from erreur
    except DumeIllisible as erreur:
        raise ErreurDArguments(f"{options.dume} : {erreur}") from erreur
    if options.json:
        print(json.dumps(en_json(rapport), ensure_ascii=False, indent=2))
    else:
        print("\n".join([*ce_qu_il_dit(rapport.dume), "", *en_lignes(rapport)]))
        if rapport.non_faits:
            print(
                f"Les fichiers officiels se règlent par {normes_dossier.VARIABLE}, ou par --normes."
            )
    return 0 if rapport.est_bon else 1


def en_json(rapport: Rapport) -> dict[str, object]:
    return {
        "dume": resume(rapport.dume).en_dictionnaire(),
        "est_bon": rapport.est_bon,
        "controles": [
            {"nom": controle.nom, "defauts": [asdict(defaut) for defaut in controle.defauts]}
            for controle in rapport.controles
        ],
        "non_faits": rapport.non_faits,
    }


def en_lignes(rapport: Rapport) -> list[str]:
    lignes = []
    for controle in rapport.controles:
        dit = f"{len(controle.erreurs)} à corriger" if controle.erreurs else "rien à redire"
        lignes.append(f"{controle.nom} : {dit}.")
        lignes += [f"  - {'' if d.est_une_erreur else 'À savoir : '}{d}" for d in controle.defauts]
    lignes += [f"Pas vérifié : {dit}." for dit in rapport.non_faits]
    if not rapport.est_bon:
        fin = "Ce DUME est à corriger."
    elif rapport.non_faits:
        fin = (
            "Nos règles n'ont rien à redire, mais ce DUME n'a pas passé tous les "
            "contrôles officiels."
        )
    else:
        fin = "Ce DUME est valide."
    return [*lignes, fin]
