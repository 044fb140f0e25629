"""Un vrai PostgreSQL le temps d'une série de tests, démarré avec les binaires de la machine."""

import contextlib
import os
import pwd
import random
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

SANS_DURABILITE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


class PostgresqlAbsent(RuntimeError):
    """Les binaires de PostgreSQL ne sont pas sur cette machine."""


def binaires() -> Path:
    """Le dossier des binaires du PostgreSQL le plus récent."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    if versions:
        return versions[-1].parent
    initdb = shutil.which("initdb")
    if initdb:
        return Path(initdb).resolve().parent
    raise PostgresqlAbsent("PostgreSQL n'est pas installé (Debian : apt-get install postgresql).")


def identite() -> dict[str, object]:
    """PostgreSQL refuse de tourner en root : on lui prête alors le compte `postgres`."""
    if os.getuid() != 0:
        return {}
    compte = pwd.getpwnam("postgres")
    return {"user": compte.pw_uid, "group": compte.pw_gid, "extra_groups": []}


# Sous les ports que le système prête à qui se connecte (32 768 et plus, /proc/sys/net/ipv4/ip_local_port_range) : un port
# de là-haut, libre quand on le choisit, sert à la connexion d'un autre quand on veut y relancer un serveur.
PORTS_DES_ESSAIS = range(20_000, 32_000)


def port_libre() -> int:
    while True:
        port = random.SystemRandom().choice(PORTS_DES_ESSAIS)
        with socket.socket() as prise, contextlib.suppress(OSError):
            prise.bind(("127.0.0.1", port))
            return port


@contextlib.contextmanager
def postgresql(*, durable: bool = False) -> Iterator[str]:
    """Démarre un serveur vide et rend son adresse ; l'arrête et l'efface à la sortie."""
    outils, qui = binaires(), identite()
    dossier = Path(tempfile.mkdtemp(prefix="beffroi-pg-"))
    if qui:
        os.chown(dossier, int(str(qui["user"])), int(str(qui["group"])))
    donnees, port = dossier / "donnees", port_libre()
    appel = {"check": True, "capture_output": True, "cwd": dossier, **qui}
    subprocess.run(
        [
            outils / "initdb",
            "--no-sync",
            "-A",
            "trust",
            "-U",
            "beffroi",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-D",
            donnees,
        ],
        **appel,  # type: ignore[call-overload]
    )
    reglages = [] if durable else [f"-c {reglage}" for reglage in SANS_DURABILITE]
    options = " ".join([f"-p {port}", f"-k {dossier}", "-c listen_addresses=127.0.0.1", *reglages])
    subprocess.run(
        [outils / "pg_ctl", "-w", "-D", donnees, "-o", options, "-l", dossier / "journal.txt", "start"],
        **appel,  # type: ignore[call-overload]
    )
    try:
        yield f"postgresql://beffroi@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([outils / "pg_ctl", "-D", donnees, "-m", "immediate", "stop"], **appel)  # type: ignore[call-overload]
        shutil.rmtree(dossier, ignore_errors=True)
