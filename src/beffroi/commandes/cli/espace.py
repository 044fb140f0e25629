"""Sert l'espace d'essai :
une autre instance du même programme, à part, vidée chaque nuit (ADR 0024).

« ./beffroi serve » et « ./beffroi demo »
le lancent d'eux-mêmes quand BEFFROI_ADRESSE_D_ESSAI est donnée.
"""

import os
import signal
import sys
import threading
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from beffroi.commandes.cli import dossier_d_essai
from beffroi.commandes.cli.analyse import port
from beffroi.commandes.cli.cadre import preparer_django
from beffroi.commandes.cli.migrer import mettre_les_tables_a_jour
from beffroi.service.essai.vidage import prochain_vidage

# De la plateforme, l'espace ne reçoit que ce qui la nomme :
# ni base, ni stockage, ni clé, ni messagerie.
IDENTITE = (
    "BEFFROI_NOM_SERVICE",
    "BEFFROI_DEVISE",
    "BEFFROI_EXPLOITANT",
    "BEFFROI_MARQUE",
    "BEFFROI_TELEPHONE",
    "BEFFROI_HORAIRES",
    "BEFFROI_CODE_SOURCE",
    "BEFFROI_SERVEURS_FRONTAUX",
    "BEFFROI_JOURNAL_TECHNIQUE",
    "BEFFROI_JOURNAL_DES_ACCES",
    "BEFFROI_JOURNAUX",
    "BEFFROI_VENV",
    "BEFFROI_CLE_DE_L_ECOLE",
    "BEFFROI_FACTEUR_DE_L_ECOLE",
)


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--sorte", choices=("essai", "ecole"), default="essai", help="essai, ou ecole"
    )
    analyseur.add_argument(
        "--donnees", type=Path, required=True, help="dossier de l'espace, effacé chaque nuit"
    )
    analyseur.add_argument("--adresse", required=True, help="adresse publique de l'espace")
    analyseur.add_argument(
        "--principale", default="", help="adresse de la plateforme, pour y revenir"
    )
    analyseur.add_argument(
        "--a-part-de", type=Path, help="dossier de la plateforme, à ne jamais toucher"
    )
    analyseur.add_argument("--hote", default="127.0.0.1", help="adresse d'écoute (127.0.0.1)")
    analyseur.add_argument("--port", type=port, default=8001, help="port d'écoute (8001)")


def executer(options: Namespace) -> int:
    dossier = options.donnees.expanduser().resolve()
    dossier_d_essai.preparer(
        dossier, a_part_de=options.a_part_de, le=datetime.now(UTC), sorte=options.sorte
    )
    regler(options, dossier)
    preparer_django()
    mettre_la_base_a_jour()
    arret, a_vider = threading.Event(), threading.Event()
    threading.Thread(target=attendre_la_nuit, args=(arret, a_vider), daemon=True).start()
    servir(options)
    arret.set()
    if a_vider.is_set():
        recommencer(dossier, a_part_de=options.a_part_de)
    return 0


def regler(options: Namespace, dossier: Path) -> None:
    """L'environnement de l'espace, refait de rien."""
    gardees = {nom: os.environ[nom] for nom in IDENTITE if nom in os.environ}
    for nom in [nom for nom in os.environ if nom.startswith("BEFFROI_")]:
        del os.environ[nom]
    os.environ.update(gardees)
    os.environ.update(
        BEFFROI_ESPACE=options.sorte,
        BEFFROI_DONNEES=str(dossier),
        BEFFROI_ADRESSE=options.adresse,
        BEFFROI_ADRESSE_PRINCIPALE=options.principale,
        BEFFROI_HOTES=f"localhost,127.0.0.1,{urlsplit(options.adresse).hostname}",
        BEFFROI_SANS_HORODATAGE_QUALIFIE="oui",
    )


def mettre_la_base_a_jour() -> None:
    from django.core.management import call_command

    mettre_les_tables_a_jour()
    call_command("collectstatic", verbosity=0, interactive=False)


def attendre_la_nuit(arret: threading.Event, a_vider: threading.Event) -> None:
    echeance = prochain_vidage(datetime.now(UTC))
    while not arret.wait(30):
        if datetime.now(UTC) >= echeance:
            a_vider.set()
            os.kill(os.getpid(), signal.SIGTERM)
            return


def servir(options: Namespace) -> None:
    from beffroi.commandes.cli.serve import lancer

    lancer(
        Namespace(hote=options.hote, port=options.port, processus=1),
        application="config.wsgi_d_un_espace:application",
    )


def recommencer(dossier: Path, *, a_part_de: Path | None) -> None:
    """Le dossier entier est remplacé, et l'espace renaît sous le même numéro de processus."""
    dossier_d_essai.vider(dossier, a_part_de=a_part_de)
    os.execv(sys.executable, [sys.executable, "-m", "beffroi", *sys.argv[1:]])
