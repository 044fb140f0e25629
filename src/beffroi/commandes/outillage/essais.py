"""Passe les tests : la série courte, la longue,
un quartier et ce qui en dépend, les fautes plantées, ou ce que dit pytest.
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli.analyse import Analyseur
from beffroi.commandes.outillage import fautes_plantees, series, voisinage


def arguments(analyseur: Analyseur) -> None:
    analyseur.prendre_tout(
        "quoi",
        dit="rien : la série courte ; --tout : la longue ; --fautes : les fautes plantées ; "
        "un quartier ou un contexte : lui et ce qui en dépend ; autre chose : les arguments de "
        "pytest",
    )


def executer(options: Namespace) -> int:
    match options.quoi:
        case []:
            return series.la_courte()
        case ["--tout"]:
            return series.la_longue()
        case ["--fautes", *reste]:
            analyseur = ArgumentParser(prog="beffroi test --fautes")
            fautes_plantees.arguments(analyseur)
            return fautes_plantees.executer(analyseur.parse_args(reste))
        case [lieu] if lieu in voisinage.lieux():
            return voisinage.jouer(lieu)
        case pour_pytest:
            return series.lancer(pour_pytest)
