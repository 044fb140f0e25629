"""Recalcule l'appel d'une année depuis ses entrées figées, et compare au centime.

./beffroi contributions rejouer 2027
"""

import json
from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli.cadre import preparer_django
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from formats.pluriels import compter


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "question", choices=["rejouer"], metavar="rejouer", help="la seule question pour l'instant"
    )
    analyseur.add_argument("annee", type=int, metavar="AAAA", help="l'année de l'appel")
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")


def executer(options: Namespace) -> int:
    preparer_django()
    from beffroi.centre.contributions.queries import rejouer
    from beffroi.socle.fondations.erreurs import Introuvable

    try:
        rejeu = rejouer(options.annee)
    except Introuvable as absent:
        raise ErreurDeCommande(f"Aucun appel calculé pour {options.annee}.") from absent
    if options.json:
        contenu = {
            "annee": options.annee,
            "lignes": rejeu.lignes,
            "total": f"{rejeu.total:.2f}",
            "ecarts": rejeu.ecarts,
        }
        print(json.dumps(contenu, ensure_ascii=False, indent=2))
    else:
        bilan = (
            f"{compter(rejeu.lignes, 'ligne rejouée', 'lignes rejouées')}, "
            f"{compter(len(rejeu.ecarts), 'différence')}."
        )
        print(*rejeu.ecarts, bilan, sep="\n")
    return 1 if rejeu.ecarts else 0
