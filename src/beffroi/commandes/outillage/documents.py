"""Régénère les documents tirés du code :
réglages, loi, conformité, fautes, carte, actes, relecture.

Avec --verifier, dit s'ils sont à jour.
"""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from beffroi.commandes.cli.cadre import preparer_django
from beffroi.commandes.outillage import (
    document_de_conformite,
    document_de_la_maison,
    document_de_la_relecture,
    document_des_actes,
    document_des_fautes,
    document_du_droit,
)

RACINE = Path(__file__).resolve().parents[4]
REGLAGES = RACINE / "docs" / "exploitants" / "configuration.md"
VALEURS = RACINE / "docs" / "droit" / "valeurs.md"
CONFORMITE = RACINE / "docs" / "droit" / "conformite.md"
FAUTES = RACINE / "docs" / "developpeurs" / "fautes-plantees.md"


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--verifier", action="store_true", help="n'écrit rien, échoue si un document est périmé"
    )


def executer(options: Namespace) -> int:
    preparer_django(reglages="config.settings.test")
    pages = {
        REGLAGES: page_des_reglages(),
        VALEURS: document_du_droit.page(),
        CONFORMITE: document_de_conformite.page(),
        document_de_la_maison.PAGE: document_de_la_maison.page(),
        FAUTES: document_des_fautes.page(),
        document_de_la_relecture.PAGE: document_de_la_relecture.page(),
        document_des_actes.PAGE: document_des_actes.page(),
    }
    if options.verifier:
        perimees = [
            page
            for page, attendu in pages.items()
            if not page.exists() or page.read_text("utf-8") != attendu
        ]
        for page in perimees:
            print(f"{page} est périmé : ./beffroi docs", file=sys.stderr)
        if not perimees:
            print("À jour.", file=sys.stderr)
        return 1 if perimees else 0
    for page, attendu in pages.items():
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(attendu, "utf-8")
        print(page)
    return 0


def page_des_reglages() -> str:
    from config.env import VARIABLES

    lignes = [
        "# Réglages",
        "",
        (
            "Tous les réglages se font par l'environnement. Pour un secret, "
            "`NOM_FICHIER` peut désigner un fichier"
        ),
        "qui le contient.",
        "Cette page est tirée du code par `./beffroi docs`.",
        "",
        "| variable | par défaut | rôle |",
        "|---|---|---|",
    ]
    for variable in sorted(VARIABLES.values(), key=lambda v: v.nom):
        defaut = (
            f"`{variable.defaut}`"
            if variable.defaut and not variable.nom.endswith("DONNEES")
            else ""
        )
        lignes.append(
            f"| `{variable.nom}`{' (secret)' if variable.secret else ''} | {defaut} | "
            f"{variable.description} |"
        )
    return "\n".join(lignes) + "\n"
