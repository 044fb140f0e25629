"""Tient l'index de la recherche publique, qui n'est qu'une copie.

./beffroi recherche refaire
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli.cadre import exiger_une_base_a_jour, preparer_django


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "geste", choices=["refaire"], help="refaire : recompose l'index des consultations publiées"
    )


def executer(options: Namespace) -> int:
    preparer_django()
    exiger_une_base_a_jour("Lancez « ./beffroi migrer ».")
    from beffroi.publicite.recherche import services
    from beffroi.socle.fondations.horloge import maintenant
    from formats.pluriels import compter

    faites = services.refaire(le=maintenant(), avancement=_dire)
    print(f"Index refait : {compter(faites, 'consultation')}.")
    return 0


def _dire(faites: int) -> None:
    if faites % 1_000 == 0:
        print(f"{faites} consultations…", flush=True)
