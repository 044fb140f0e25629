"""Charge l'annuaire d'un département, pour un essai :
ses communes et ses EPCI, d'après le code officiel géographique.

./beffroi adherents charger --cog DOSSIER --departement 62 ./beffroi adherents charger --departement
62 --effectifs 2026 invente aussi un effectif pour chacun Sans --cog, les fichiers sont cherchés
dans le dossier « cog » de BEFFROI_NORMES. Relancée, elle n'ajoute que ce qui manque.
"""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from beffroi.commandes.cli.cadre import exiger_une_base_a_jour, preparer_django
from beffroi.commandes.cli.erreurs import ErreurDArguments, ErreurDeCommande
from beffroi.commandes.cli.normes_dossier import VARIABLE


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "geste", choices=["charger"], help="charger : inscrit les collectivités d'un département"
    )
    analyseur.add_argument(
        "--cog",
        metavar="DOSSIER",
        type=Path,
        help="le dossier des fichiers « communes » et « epci »",
    )
    analyseur.add_argument("--departement", required=True, help="son numéro, comme 62")
    analyseur.add_argument(
        "--effectifs", metavar="AAAA", type=int, help="invente un effectif pour cette année"
    )


def executer(options: Namespace) -> int:
    dossier = _dossier(options)
    preparer_django()
    exiger_une_base_a_jour("Lancez « ./beffroi migrer ».")
    from beffroi.centre.adherents import cog
    from beffroi.centre.adherents.services.essai import charger_un_essai
    from beffroi.socle.fondations.horloge import maintenant

    try:
        trouvees = cog.lire(dossier, options.departement)
    except cog.CogIllisible as illisible:
        raise ErreurDeCommande(str(illisible)) from illisible
    inscrits, deja = charger_un_essai(
        trouvees=trouvees,
        annee=options.effectifs,
        sujet=f"cog/{options.departement}",
        maintenant=maintenant(),
    )
    print(f"Annuaire d'essai : {inscrits} inscrits, {deja} y étaient déjà.")
    return 0


def _dossier(options: Namespace) -> Path:
    if options.cog:
        return Path(options.cog).expanduser()
    normes = os.environ.get(VARIABLE, "")
    if not normes:
        raise ErreurDArguments(
            f"donnez le dossier du code officiel géographique par --cog, ou réglez {VARIABLE}."
        )
    return Path(normes).expanduser() / "cog"
