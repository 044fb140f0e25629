"""Donne les clés des tables, et ce que chacune veut dire."""

import json
from argparse import ArgumentParser, Namespace
from datetime import date

from droit.tables import Fiche, charger


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")


def executer(options: Namespace) -> int:
    tables = charger()
    fiches = [tables.fiches[cle] for cle in sorted(tables.fiches)]
    if options.json:
        contenu = {
            "version": tables.version,
            "empreinte": tables.empreinte,
            "cles": [decrite(f) for f in fiches],
        }
        print(json.dumps(contenu, ensure_ascii=False, indent=2, default=date.isoformat))
        return 0
    largeur = max(len(fiche.cle) for fiche in fiches)
    for fiche in fiches:
        print(f"{fiche.cle.ljust(largeur)}  {fiche.libelle}")
    return 0


def decrite(fiche: Fiche) -> dict[str, object]:
    return {
        "cle": fiche.cle,
        "libelle": fiche.libelle,
        "unite": fiche.unite,
        "date_pivot": fiche.pivot,
        "connue_du": fiche.connue_du,
        "connue_au": fiche.connue_au,
    }
