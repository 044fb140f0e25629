"""Vérifie que les fichiers officiels installés sont bien ceux du manifeste, au bit près."""

import json
from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import normes_dossier
from formats import normes

DEFAUTS_MONTRES = 5


def arguments(analyseur: ArgumentParser) -> None:
    normes_dossier.arguments(analyseur)
    analyseur.add_argument(
        "jeux", nargs="*", metavar="JEU", help="un ou plusieurs jeux (d'office, tous)"
    )
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")


def executer(options: Namespace) -> int:
    dossier = normes_dossier.exige(options)
    defauts = {
        jeu: normes.fichiers_en_defaut(jeu, dossier) for jeu in normes_dossier.choisis(options.jeux)
    }
    if options.json:
        print(
            json.dumps(
                {"jeux": [_en_json(jeu, *listes) for jeu, listes in defauts.items()]},
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        for jeu, (absents, alteres) in defauts.items():
            _dire(jeu, absents, alteres)
    return 1 if any(absents or alteres for absents, alteres in defauts.values()) else 0


def _dire(jeu: normes.Jeu, absents: list[normes.Fichier], alteres: list[normes.Fichier]) -> None:
    if not absents and not alteres:
        print(f"bien  {jeu.nom} : tout est juste ({len(jeu.fichiers)}).")
        return
    print(
        f"non   {jeu.nom} : {len(absents)} absents, {len(alteres)} altérés sur {len(jeu.fichiers)}."
    )
    for fichier in [*alteres, *absents][:DEFAUTS_MONTRES]:
        print(f"      {fichier.chemin} : {'altéré' if fichier in alteres else 'absent'}")
    print(f"      Remède : ./beffroi normes installer {jeu.nom}")


def _en_json(
    jeu: normes.Jeu, absents: list[normes.Fichier], alteres: list[normes.Fichier]
) -> dict[str, object]:
    return {
        "nom": jeu.nom,
        "version": jeu.version,
        "fichiers": len(jeu.fichiers),
        "absents": [fichier.chemin for fichier in absents],
        "alteres": [fichier.chemin for fichier in alteres],
    }
