"""« À faire » d'une commune qui achète beaucoup : ses requêtes et son processeur, à côté de la page
vide et de la même page chez qui n'a qu'une consultation.

Un tiers des consultations sont des brouillons, un tiers sont en cours, un tiers attendent d'être
ouvertes ; chaque agent ouvre chacune.
"""

import tempfile
from argparse import Namespace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beffroi.commandes.cli.analyse import Analyseur
from beffroi.commandes.outillage.banc_pages import VIDE, mesurer_une_page
from beffroi.commandes.outillage.banc_panneau import preparer

if TYPE_CHECKING:
    from beffroi.achat.consultations.tests.scene import Scene

ADRESSE = "/a-faire/"
# L'heure limite d'une consultation de la scène est un mois après sa publication.
IL_Y_A_LONGTEMPS = timedelta(days=45)


def mesurer(argv: list[str]) -> None:
    options = lire_les_options(argv)
    with tempfile.TemporaryDirectory(prefix="beffroi-banc-") as dossier:
        preparer(Path(dossier))
        dire(options)


def lire_les_options(argv: list[str]) -> Namespace:
    analyseur = Analyseur("./beffroi bench a-faire")
    analyseur.add_argument("--consultations", type=int, default=100, help="de la commune (100)")
    analyseur.add_argument("--agents", type=int, default=20, help="qui ouvrent chacune (20)")
    analyseur.add_argument("--lectures", type=int, default=21, help="lectures de la page (21)")
    return analyseur.parse_args(argv)


def dire(options: Namespace) -> None:
    from django.test import Client

    scene, agents = planter(options.agents)
    vide = mesurer_une_page(VIDE, Client(), adresse=VIDE, lectures=options.lectures * 5)
    publier(scene, agents, 1)
    seule = lire_chez(scene, "une consultation", options)
    publier(scene, agents, options.consultations - 1)
    toutes = lire_chez(scene, f"{options.consultations} consultations", options)
    print(f"page vide : {vide.processeur_ms:.2f} ms de processeur\n")
    print("requêtes  processeur   page vide  « À faire »")
    for mesure in (seule, toutes):
        print(mesure.en_une_ligne(vide.processeur_ms))


def planter(combien: int) -> tuple["Scene", list[Any]]:
    """La commune, et les agents qui ouvrent avec ses deux premières."""
    from beffroi.achat.consultations.tests.scene import agent, planter_la_scene
    from beffroi.socle.fondations.horloge import maintenant

    scene = planter_la_scene(le=maintenant() - IL_Y_A_LONGTEMPS)
    agents = [agent(f"Agent{n} Bomy", scene.organisme, le=scene.le) for n in range(2, combien)]
    return scene, agents


def publier(scene: "Scene", agents: list[Any], combien: int) -> None:
    """Par les services : à ouvrir, en cours, brouillon, et ainsi de suite."""
    from dataclasses import replace

    from beffroi.socle.fondations.horloge import maintenant

    en_cours = replace(scene, le=maintenant())
    for rang in range(combien):
        match rang % 3:
            case 0:
                publier_une(scene, agents, f"À ouvrir {rang}")
            case 1:
                publier_une(en_cours, agents, f"En cours {rang}")
            case _:
                en_cours.brouillon(f"Brouillon {rang}")


def publier_une(scene: "Scene", agents: list[Any], titre: str) -> None:
    scene.publier(scene.completer(scene.brouillon(titre), avec=agents))


def lire_chez(scene: "Scene", nom: str, options: Namespace) -> Any:
    """La page de la secrétaire, qui rédige et qui ouvre."""
    from django.test import Client

    from beffroi.personnes.comptes.tests.personnes import connecter

    chez_elle = connecter(Client(), scene.martine)
    return mesurer_une_page(
        f"{nom}, {options.agents} agents", chez_elle, adresse=ADRESSE, lectures=options.lectures
    )
