"""Plante des fautes connues dans une copie du code,
et dit quel test les trouve (`tests/fautes/fautes.toml`).

  ./beffroi test --fautes les quarante, par groupes qui ne se rencontrent pas
  ./beffroi test --fautes montant-emis-modifiable  celle-là, seule
  ./beffroi test --fautes --serie longue --vers tests/fautes/trouvees_avant.toml

Une faute est trouvée quand un test échoue avec elle et passe sans elle. Les tests joués sont ceux
que la faute nomme, dans la série demandée : `courte`, celle de chaque jour, ou `longue`, où tout se
joue sur les deux moteurs.
"""

import json
import tomllib
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from beffroi.commandes.outillage.fautes_cherchees import (
    SERIES,
    Constat,
    chercher,
    plantees,
    une_copie,
)
from beffroi.commandes.outillage.liste_des_fautes import choisir, groupes, lire_la_liste


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "fautes", nargs="*", metavar="faute", help="les fautes à planter (toutes)"
    )
    analyseur.add_argument(
        "--serie", choices=sorted(SERIES), default="courte", help="celle qui doit les trouver"
    )
    analyseur.add_argument("--vers", type=Path, help="le fichier TOML où garder ce qui est trouvé")


def executer(options: Namespace) -> int:
    constats: list[Constat] = []
    with une_copie() as copie:
        for groupe in groupes(choisir(lire_la_liste(), options.fautes)):
            with plantees(groupe, copie):
                trouves = chercher(groupe, copie, SERIES[options.serie])
            print("\n".join(constat.en_une_ligne() for constat in trouves), flush=True)
            constats += trouves
            if options.vers:
                retenir(constats, options.vers)
    vues = sum(bool(constat.par) for constat in constats)
    print(f"{vues} fautes trouvées sur {len(constats)}, dans la série {options.serie}.")
    return 0 if vues == len(constats) else 1


def retenir(constats: Sequence[Constat], vers: Path) -> None:
    """Au fil de l'eau : une série interrompue n'a rien perdu.

    Une faute non replantée garde son constat.
    """
    vers.parent.mkdir(parents=True, exist_ok=True)
    gardes = tomllib.loads(vers.read_text("utf-8")) if vers.exists() else {}
    gardes |= {constat.faute.nom: constat.dit() for constat in constats}
    ordre = [faute.nom for faute in lire_la_liste() if faute.nom in gardes]
    vers.write_text("\n".join(en_toml(nom, gardes[nom]) for nom in ordre), "utf-8")


def en_toml(nom: str, dit: Mapping[str, Any]) -> str:
    """Les booléens et les textes de TOML s'écrivent comme ceux de JSON."""
    lignes = (f"{cle} = {json.dumps(valeur, ensure_ascii=False)}\n" for cle, valeur in dit.items())
    return f"[{nom}]\n{''.join(lignes)}"


if __name__ == "__main__":
    import sys

    from beffroi.commandes.cli.analyse import Analyseur

    lecteur = Analyseur("./beffroi test --fautes", __doc__)
    arguments(lecteur)
    sys.exit(executer(lecteur.parse_args()))
