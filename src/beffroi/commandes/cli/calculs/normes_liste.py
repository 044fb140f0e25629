"""Dit quels fichiers officiels Beffroi sait employer,
de qui, sous quelle licence, et s'ils sont installés.
"""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from beffroi.commandes.cli import normes_dossier
from formats import normes
from formats.pluriels import compter


def arguments(analyseur: ArgumentParser) -> None:
    normes_dossier.arguments(analyseur)
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")


def executer(options: Namespace) -> int:
    dossier = normes_dossier.indique(options)
    if options.json:
        contenu = [_en_json(jeu, dossier) for jeu in normes.jeux()]
        print(
            json.dumps(
                {"dossier": str(dossier) if dossier else None, "jeux": contenu},
                ensure_ascii=False,
                indent=2,
            )
        )
        return 0
    for jeu in normes.jeux():
        poids = sum(fichier.taille for fichier in jeu.fichiers) / 1_000_000
        print(f"{jeu.nom} ({_etat(jeu, dossier)})")
        print(
            f"  {jeu.titre}, version {jeu.version} : {compter(len(jeu.fichiers), 'fichier')}, "
            f"{poids:.1f} Mo"
        )
        print(f"  De : {jeu.editeur}. Licence : {jeu.licence}.")
        print(f"  Source : {jeu.source or f'tiré de {jeu.derive_de}'}")
    if dossier is None:
        print(
            f"\nAucun dossier n'est réglé ({normes_dossier.VARIABLE}) : "
            "les contrôles officiels ne se font pas."
        )
    return 0


def _etat(jeu: normes.Jeu, dossier: Path | None) -> str:
    return "dossier non réglé" if dossier is None else normes.etat_du_jeu(jeu, dossier).value


def _en_json(jeu: normes.Jeu, dossier: Path | None) -> dict[str, object]:
    return {
        "nom": jeu.nom,
        "titre": jeu.titre,
        "version": jeu.version,
        "etat": _etat(jeu, dossier),
        "fichiers": len(jeu.fichiers),
        "octets": sum(fichier.taille for fichier in jeu.fichiers),
        "editeur": jeu.editeur,
        "licence": jeu.licence,
        "source": jeu.source,
        "derive_de": jeu.derive_de,
    }
