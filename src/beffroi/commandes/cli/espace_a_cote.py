"""L'espace d'essai que « serve » tient à côté de la plateforme :
lancé une fois qu'elle répond, relancé s'il tombe.
"""

import os
import subprocess
import sys
import threading
from argparse import Namespace
from pathlib import Path
from urllib.parse import urlsplit

from beffroi.commandes.cli.processus import port_libre

PORT = 8001
ATTENTE_DE_LA_PLATEFORME_S = 0.2
REPIT_S = 10
ARRET_S = 15


class EspaceACote:
    """Un fil qui lance l'espace et le garde en vie, sans jamais retarder la plateforme."""

    def __init__(
        self,
        commande: list[str],
        sortie: Path,
        *,
        hote: str,
        port: int,
        environnement: dict[str, str],
    ) -> None:
        self.commande, self.sortie, self.hote, self.port = commande, sortie, hote, port
        self.environnement = environnement
        self.arret = threading.Event()
        self.processus: subprocess.Popen[bytes] | None = None
        self.fil = threading.Thread(target=self.garder_en_vie, daemon=True)

    def demarrer(self) -> None:
        self.fil.start()

    def garder_en_vie(self) -> None:
        # Le port de la plateforme se prend quand elle est prête : l'espace ne part qu'après.
        while port_libre(self.port, hote=self.hote):
            if self.arret.wait(ATTENTE_DE_LA_PLATEFORME_S):
                return
        while not self.arret.is_set():
            with self.sortie.open("ab") as journal:
                self.processus = subprocess.Popen(
                    self.commande,
                    env=self.environnement,
                    stdout=journal,
                    stderr=subprocess.STDOUT,
                    stdin=subprocess.DEVNULL,
                )
            self.processus.wait()
            self.arret.wait(REPIT_S)

    def arreter(self) -> None:
        self.arret.set()
        if self.processus and self.processus.poll() is None:
            self.processus.terminate()
            try:
                self.processus.wait(ARRET_S)
            except subprocess.TimeoutExpired:
                self.processus.kill()


def espaces_voulus(options: Namespace) -> list[EspaceACote]:
    """D'après les réglages : l'essai, l'école. Un espace n'en lance pas d'autre."""
    from django.conf import settings

    from beffroi.service.essai.classe import cle_partagee

    if settings.ESPACE:
        return []
    voulus = {
        "essai": (settings.ADRESSE_D_ESSAI, PORT),
        "ecole": (settings.ADRESSE_DE_L_ECOLE, PORT + 1),
    }
    return [
        EspaceACote(
            commande(sorte, adresse, options, port=urlsplit(adresse).port or defaut),
            settings.DONNEES / f"{sorte}.log",
            hote=options.hote,
            port=options.port,
            environnement={
                **os.environ,
                "BEFFROI_CLE_DE_L_ECOLE": cle_partagee() if sorte == "ecole" else "",
            },
        )
        for sorte, (adresse, defaut) in voulus.items()
        if adresse
    ]


def commande(sorte: str, adresse: str, options: Namespace, *, port: int) -> list[str]:
    from django.conf import settings

    if sorte == "essai" and options.port_essai:
        port = options.port_essai
    return [
        sys.executable,
        "-m",
        "beffroi",
        "espace",
        "--sorte",
        sorte,
        "--donnees",
        os.fspath(settings.DONNEES / sorte),
        "--a-part-de",
        os.fspath(settings.DONNEES),
        "--adresse",
        adresse,
        "--principale",
        settings.ADRESSE_PUBLIQUE,
        "--hote",
        options.hote,
        "--port",
        str(port),
    ]
