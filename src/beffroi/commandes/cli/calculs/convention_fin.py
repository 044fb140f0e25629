"""Calcule le dernier jour d'une convention après une lettre reçue, et dit pourquoi."""

import json
from argparse import ArgumentParser, Namespace

from beffroi.centre.conventions.rules.fin import AUTEURS, fin_apres
from beffroi.commandes.cli.analyse import jour
from beffroi.commandes.cli.erreurs import ErreurDArguments
from droit.dates import en_toutes_lettres


def arguments(analyseur: ArgumentParser) -> None:
    choix = " ; ".join(f"{cle} : {phrase}" for cle, phrase in AUTEURS.items())
    analyseur.add_argument("--par", required=True, choices=AUTEURS, metavar="QUI", help=choix)
    analyseur.add_argument(
        "--recue",
        required=True,
        type=jour,
        metavar="DATE",
        help="jour où la lettre est reçue, d'après sa preuve postale",
    )
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")


def executer(options: Namespace) -> int:
    try:
        fin = fin_apres(options.par, recue=options.recue)
    except (OverflowError, ValueError) as erreur:
        raise ErreurDArguments("Cette date est trop loin pour un calcul. Vérifiez-la.") from erreur
    motifs = [str(motif) for motif in fin.motifs]
    if options.json:
        contenu = {"recue": fin.recue.isoformat(), "effet": fin.effet.isoformat(), "motifs": motifs}
        print(json.dumps(contenu, ensure_ascii=False, indent=2))
        return 0
    print(
        f"Dernier jour couvert : {en_toutes_lettres(fin.effet)}, jusqu'à minuit",
        "",
        "Pourquoi",
        sep="\n",
    )
    print(*(f"  {motif}" for motif in motifs), sep="\n")
    return 0
