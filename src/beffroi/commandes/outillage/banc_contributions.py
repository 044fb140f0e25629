"""Le banc des contributions :
l'appel d'une année pour mille adhérents, puis leurs documents, sur une base neuve.

L'appel se mesure acte par acte, de « figer » à « émettre », à côté de dix mille calculs purs pris
dans la même série. Les documents se font comme l'ouvrier les fait : composés, gardés, inscrits au
journal, annoncés par courriel ; puis les courriels partent, écrits dans un dossier.
"""

import os
import resource
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from beffroi.commandes.cli.analyse import Analyseur
from beffroi.commandes.cli.cadre import preparer_django

CALCULS = 10_000
KIO_PAR_MIO = 1024


def mesurer(argv: list[str]) -> int:
    analyseur = Analyseur("./beffroi bench contributions")
    analyseur.add_argument(
        "--adherents", type=int, default=1_000, help="adhérents sous convention (1 000)"
    )
    analyseur.add_argument(
        "--consultations",
        type=int,
        default=20_000,
        help="consultations de l'année comptée (20 000)",
    )
    analyseur.add_argument(
        "--cog", type=Path, help="le dossier du code officiel géographique : un vrai département"
    )
    analyseur.add_argument("--departement", default="62", help="son numéro (62)")
    analyseur.add_argument(
        "--base", default="", help="adresse d'une base vide (SQLite dans le dossier du banc)"
    )
    options = analyseur.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="beffroi-banc-") as dossier:
        preparer(Path(dossier), options)
        return mesurer_l_appel(options)


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

    from beffroi.socle.fondations.horloge import maintenant
    from beffroi.socle.journal.chainage import creer_l_autorite

    settings.DEBUG = False
    # Une page s'y lit sans qu'on ait rassemblé les fichiers statiques.
    nus = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": nus}
    call_command("migrate", verbosity=0, interactive=False)
    creer_l_autorite(settings.HORODATAGE["cle"], le=maintenant())


def mesurer_l_appel(options: Namespace) -> int:
    from beffroi.centre.contributions.services import exercice as services
    from beffroi.commandes.outillage import banc_contributions_scene as scene

    if options.cog:
        planche = scene.planter_un_departement(options.cog, options.departement)
        options.adherents = scene.adherents_inscrits()
    else:
        planche = scene.planter(options.adherents, options.consultations)
    print(
        (
            f"{CALCULS} calculs purs (repère) : "
            f"{chronometrer(lambda: scene.calculs_purs(CALCULS)):.2f} s\n"
        ),
        flush=True,
    )
    total, exercice = 0.0, planche.exercice
    for acte in ("figer", "simuler", "preparer", "valider", "emettre"):
        service = getattr(services, acte)
        par = planche.ordonnateur if acte == "valider" else planche.gestionnaire
        if acte == "preparer":
            lire_l_apercu(planche)
            print(
                f"{'vérifier':10} {chronometrer(partial(scene.tout_verifier, planche)):6.2f} s",
                flush=True,
            )
        duree = chronometrer(partial(service, exercice=exercice, par=par, maintenant=planche.le))
        total += duree
        print(f"{acte:10} {duree:6.2f} s", flush=True)
    print(
        f"{'appel':10} {total:6.2f} s pour {options.adherents} adhérents (but : 10 s)\n", flush=True
    )
    faire_partir(duree, options.adherents)
    rendre_les_fichiers(planche)
    print(
        "mémoire au plus haut : "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KIO_PAR_MIO} Mio"
    )
    return 0


def faire_partir(emettre: float, adherents: int) -> None:
    """Les lots de documents viennent d'abord dans la file ; les courriels qu'ils écrivent, ensuite.

    Un seul ouvrier fait les uns, puis les autres.
    """
    from beffroi.centre.contributions.services.exercice import PAR_LOT
    from beffroi.commandes.outillage import banc_contributions_scene as scene
    from beffroi.socle.fondations.taches import vider_la_file

    duree = chronometrer(lambda: vider_la_file(limite=-(-adherents // PAR_LOT)))
    documents = scene.documents_gardes()
    print(
        f"{documents} documents en {duree:.1f} s : {documents / duree:.0f} par seconde (but : 20)"
    )
    courriels = chronometrer(lambda: vider_la_file(limite=2 * adherents))
    print(f"{scene.courriels_partis()} courriels en {courriels:.1f} s, par un seul ouvrier")
    print(f"émis, composés et partis : {emettre + duree + courriels:.1f} s (but : 60 s)")


def lire_l_apercu(planche: Any) -> None:
    """La page de l'aperçu, par une vraie requête : son temps, et combien de lectures elle fait."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.force_login(planche.gestionnaire)
    client.get("/cdg/contributions/")
    with CaptureQueriesContext(connection) as lectures:
        debut = time.perf_counter()
        statut = client.get(f"/cdg/contributions/{planche.exercice.annee}/?voir=tous").status_code
        duree = time.perf_counter() - debut
    print(f"{'aperçu':10} {duree:6.2f} s, statut {statut}, {len(lectures)} lectures", flush=True)


def rendre_les_fichiers(planche: Any) -> None:
    """Les trois fichiers de l'appel, son rejeu,
    puis les titres et les paiements du logiciel financier.
    """
    from beffroi.centre.contributions import exports, queries
    from beffroi.centre.recettes.services import imports
    from beffroi.commandes.outillage import banc_contributions_scene as scene
    from beffroi.personnes.organismes.queries import exploitant

    exercice = queries.exercice_pour(planche.exercice.annee)
    fichiers: dict[str, Callable[[], object]] = {
        "CSV": partial(exports.en_csv, exercice),
        "JSON": partial(exports.en_json, exercice, creancier=exploitant(), le=planche.le),
        "ODS": partial(
            exports.apercu_en_ods, exercice, queries.contributions_de(exercice), le=planche.le
        ),
        "rejeu": partial(queries.rejouer, exercice.annee),
    }
    for nom, fabrique in fichiers.items():
        print(f"{nom:10} {chronometrer(fabrique):6.2f} s", flush=True)
    le = planche.le + timedelta(days=60)
    for sorte, texte in (
        ("titres", scene.titres_des_appels),
        ("paiements", scene.paiements_des_titres),
    ):

        def importer(sorte: str = sorte, octets: bytes = texte(exercice).encode()) -> None:
            depose = imports.deposer_un_fichier(
                sorte=sorte,
                nom=f"{sorte}.csv",
                octets=octets,
                par=planche.gestionnaire,
                maintenant=le,
            )
            prevu = imports.apercu(depose, le=le.date())
            imports.appliquer(
                depose=depose, empreinte=prevu.empreinte, par=planche.gestionnaire, maintenant=le
            )

        print(f"{sorte:10} {chronometrer(importer):6.2f} s", flush=True)


def chronometrer(acte: Callable[[], object]) -> float:
    debut = time.perf_counter()
    acte()
    return time.perf_counter() - debut
