"""Le banc de la recherche :
un million de consultations inventées, des recherches de toutes sortes, sur une base neuve.

Le temps est celui du serveur pour trouver la page et son compte, à côté d'un repère pris dans la
même série : lire vingt fiches par leur rang. « Ouvertes » : ce à quoi on peut répondre ;
« toutes » : dix ans de consultations.
"""

import os
import statistics
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.commandes.cli.analyse import Analyseur
from beffroi.commandes.cli.cadre import preparer_django

if TYPE_CHECKING:
    from beffroi.commandes.outillage.banc_recherche_scene import Vocabulaire

NORMES = Path(
    os.environ.get(
        "BEFFROI_TEST_STANDARDS", Path(__file__).resolve().parents[5] / "shared" / "standards"
    )
)


def mesurer(argv: list[str]) -> int:
    options = lire_les_options(argv)
    with tempfile.TemporaryDirectory(prefix="beffroi-banc-") as dossier:
        return mesurer_dans(Path(dossier), options)


def lire_les_options(argv: list[str]) -> Namespace:
    analyseur = Analyseur("./beffroi bench recherche")
    analyseur.add_argument(
        "--fiches", type=int, default=1_000_000, help="consultations inventées (1 000 000)"
    )
    analyseur.add_argument(
        "--passes", type=int, default=40, help="recherches différentes de chaque sorte (40)"
    )
    analyseur.add_argument("--graine", type=int, default=1, help="graine du hasard (1)")
    analyseur.add_argument(
        "--base", default="", help="adresse d'une base vide (SQLite dans le dossier du banc)"
    )
    return analyseur.parse_args(argv)


def mesurer_dans(dossier: Path, options: Namespace) -> int:
    preparer(dossier, options)
    from beffroi.commandes.outillage import banc_recherche_scene as scene
    from beffroi.socle.fondations.horloge import maintenant

    le, debut = maintenant(), time.perf_counter()
    mots = scene.vocabulaire(NORMES, options.graine)
    scene.planter(mots, options.fiches, le=le)
    print(f"{options.fiches} fiches écrites en {time.perf_counter() - debut:.0f} s.\n", flush=True)
    imprimer(_sortes(mots, options.passes), le, options)
    return 0


def preparer(dossier: Path, options: Namespace) -> None:
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings.dev",
        BEFFROI_DONNEES=str(dossier),
        BEFFROI_ADRESSE="http://localhost:18000",
        BEFFROI_BASE_DE_DONNEES=options.base,
        BEFFROI_SANS_HORODATAGE_QUALIFIE="oui",
    )
    preparer_django()
    from django.conf import settings
    from django.core.management import call_command

    settings.DEBUG = False
    call_command("migrate", verbosity=0, interactive=False)


def _sortes(mots: "Vocabulaire", passes: int) -> dict[str, list[dict[str, str]]]:
    """Des adresses comme une personne les écrit, par sorte de recherche."""
    hasard, jour = mots.hasard, "%Y-%m-%d"
    frequents, moyens = mots.mots[:40], mots.mots[200:2_000]

    def fois(un: Callable[[], dict[str, str]]) -> list[dict[str, str]]:
        return [un() for _ in range(passes)]

    def date(jours: int) -> str:
        from beffroi.socle.fondations.horloge import maintenant

        return (maintenant() + timedelta(days=jours)).strftime(jour)

    def faute(mot: str) -> str:
        rang = hasard.randint(1, len(mot) - 2)
        return mot[:rang] + mot[rang + 1] + mot[rang] + mot[rang + 2 :]

    longs = [mot for mot in moyens if len(mot) > 6]
    return {
        "rien (la liste)": fois(dict),
        "un mot fréquent": fois(lambda: {"q": hasard.choice(frequents)}),
        "un mot moyen": fois(lambda: {"q": hasard.choice(moyens)}),
        "un mot rare": fois(lambda: {"q": hasard.choice(mots.mots[5_000:])}),
        "deux mots fréquents": fois(lambda: {"q": " ".join(hasard.sample(frequents, 2))}),
        "deux mots, fréquent et moyen": fois(
            lambda: {"q": f"{hasard.choice(frequents)} {hasard.choice(moyens)}"}
        ),
        "une faute de frappe": fois(lambda: {"q": faute(hasard.choice(longs))}),
        "un code CPV": fois(lambda: {"cpv": hasard.choice(mots.cpv)[: hasard.randint(2, 8)]}),
        "un lieu": fois(lambda: {"lieu": hasard.choice(mots.communes)}),
        "un acheteur": fois(lambda: {"acheteur": f"{hasard.randint(0, 1_999):09d}"}),
        "un mot et un département": fois(
            lambda: {"q": hasard.choice(frequents), "dep": f"{hasard.randint(1, 95):02d}"}
        ),
        "un mot et des dates": fois(
            lambda: {"q": hasard.choice(frequents), "apres": date(-90), "avant": date(10)}
        ),
        "des dates anciennes": fois(
            lambda: {"apres": date(-hasard.randint(400, 3_000)), "avant": date(-380)}
        ),
        "un mot que rien n'emploie": fois(lambda: {"q": "zygomatique"}),
        "« % »": fois(lambda: {"q": "%"}),
        "10 000 signes": fois(lambda: {"q": " ".join(hasard.choices(moyens, k=1_200))[:10_000]}),
    }


def imprimer(sortes: dict[str, list[dict[str, str]]], le: datetime, options: Namespace) -> None:
    from beffroi.publicite.recherche import queries
    from beffroi.publicite.recherche.models import FicheIndexee

    vingt = list(range(options.fiches // 2, options.fiches // 2 + 20))
    reperes = [
        _chronometrer(lambda: FicheIndexee.objects.defer("jetons").in_bulk(vingt))
        for _ in range(200)
    ]
    repere = statistics.median(reperes)
    print(
        "Repère, vingt fiches lues par leur rang : "
        f"{repere * 1000:.2f} ms (charge {os.getloadavg()[0]:.1f}).\n"
    )
    print(
        "| recherche | ouvertes, médiane | p95 | toutes, "
        "médiane | p95 | p95 sur le repère |\n|---|---|---|---|---|---|"
    )
    for nom, adresses in sortes.items():
        colonnes = []
        for etat in ("", "toutes"):
            lues = [queries.lire({**adresse, "etat": etat}).recherche for adresse in adresses]
            durees = sorted(_chronometrer(partial(queries.resultats, lue, le=le)) for lue in lues)
            colonnes += [statistics.median(durees), durees[max(0, round(len(durees) * 0.95) - 1)]]
        rapport = f"{colonnes[1] / repere:.0f} ; {colonnes[3] / repere:.0f}"
        print(
            f"| {nom} | {' | '.join(f'{duree * 1000:.1f} ms' for duree in colonnes)} | {rapport} |",
            flush=True,
        )


def _chronometrer(geste: Callable[[], object]) -> float:
    debut = time.perf_counter()
    geste()
    return time.perf_counter() - debut
