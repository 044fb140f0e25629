"""Mesure la vitesse et la mémoire, toujours à côté d'un repère pris dans la même série.

Bancs : a-faire (ce qui attend une secrétaire qui mène cent consultations), analyse (lire,
comparer, classer des offres), archives (rendre à un organisme tout ce qui est à lui),
contributions (l'appel d'une année), depot (recevoir des réponses), ouverture (ouvrir des réponses
en séance), pages (chaque écran), recherche (chercher parmi un million), regles (contrôler une
consultation), reprises (des conventions signées ailleurs), sceau (sceller et ouvrir).
"""

from argparse import REMAINDER, ArgumentParser, Namespace
from importlib import import_module

from beffroi.commandes.cli.erreurs import ErreurDeCommande

BANCS = {
    "a-faire": "beffroi.commandes.outillage.banc_a_faire",
    "analyse": "beffroi.commandes.outillage.banc_analyse",
    "archives": "beffroi.commandes.outillage.banc_archives",
    "contributions": "beffroi.commandes.outillage.banc_contributions",
    "depot": "beffroi.commandes.outillage.banc_depot",
    "ouverture": "beffroi.commandes.outillage.banc_ouverture",
    "pages": "beffroi.commandes.outillage.banc_pages",
    "recherche": "beffroi.commandes.outillage.banc_recherche",
    "regles": "beffroi.commandes.outillage.banc_regles",
    "reprises": "beffroi.commandes.outillage.banc_reprises",
    "sceau": "beffroi.commandes.outillage.banc_sceau",
}


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("nom", help=", ".join(BANCS))
    analyseur.add_argument("options", nargs=REMAINDER, help="options du banc")


def executer(options: Namespace) -> int:
    if options.nom not in BANCS:
        raise ErreurDeCommande(f"« {options.nom} » n'est pas un banc. Il y a : {', '.join(BANCS)}.")
    return int(import_module(BANCS[options.nom]).mesurer(options.options) or 0)
