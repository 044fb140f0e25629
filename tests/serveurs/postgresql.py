"""Un vrai PostgreSQL le temps d'une série de tests, démarré avec les binaires de la machine.

Toute base qui y naît est déjà migrée :
celle dont PostgreSQL les copie toutes (`template1`) l'est (`serveurs.modele`).
"""

import contextlib
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.serveurs.attente import attendre
from tests.serveurs.modele import migrer, modele

SANS_DURABILITE = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    # Aucune requête d'un essai n'est assez longue pour valoir d'être compilée.
    "jit=off",
    "max_connections=200",
)


class PostgresqlAbsent(RuntimeError):
    """Les binaires de PostgreSQL ne sont pas sur cette machine."""


def binaires() -> Path:
    """Le dossier des binaires du PostgreSQL le plus récent."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3])
    )
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


# Sous les ports que le système prête à qui se connecte (32 768 et plus,
# /proc/sys/net/ipv4/ip_local_port_range) : un port de là-haut, libre quand on le choisit, sert à la
# connexion d'un autre quand on veut y relancer un serveur.
PORTS_DES_ESSAIS = range(20_000, 32_000)


def port_libre() -> int:
    while True:
        port = random.SystemRandom().choice(PORTS_DES_ESSAIS)
        with socket.socket() as prise, contextlib.suppress(OSError):
            prise.bind(("127.0.0.1", port))
            return port


@contextlib.contextmanager
def postgresql(*, durable: bool = False) -> Iterator[str]:
    """Démarre un serveur et rend l'adresse d'une base migrée ; l'arrête et l'efface à la sortie."""
    with un_dossier() as dossier:
        recopier_la_grappe(dossier)
        with en_marche(dossier, durable=durable) as serveur:
            yield f"{serveur}/postgres"


def recopier_la_grappe(dossier: Path) -> None:
    """Une grappe migrée, arrêtée, dans `donnees`."""
    grappe = modele(f"postgresql-{version()}", ecrire_la_grappe)
    subprocess.run(["cp", "-a", grappe / "donnees", dossier / "donnees"], check=True)


def ecrire_la_grappe(vers: Path) -> None:
    """Une grappe arrêtée, dont toutes les bases sont migrées."""
    with un_dossier() as dossier:
        outil(
            "initdb",
            dossier,
            "--no-sync",
            "-A",
            "trust",
            "-U",
            "beffroi",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-D",
            dossier / "donnees",
        )
        # Arrêtée en ordre : ses copies démarrent sans rien rejouer.
        with en_marche(dossier, arret="fast") as serveur:
            migrer(f"{serveur}/template1", donnees=vers)
            outil("dropdb", dossier, "--maintenance-db", f"{serveur}/template1", "postgres")
            outil("createdb", dossier, "--maintenance-db", f"{serveur}/template1", "postgres")
        subprocess.run(["cp", "-a", dossier / "donnees", vers / "donnees"], check=True)


@contextlib.contextmanager
def un_dossier() -> Iterator[Path]:
    """À qui fera tourner le serveur, et effacé à la sortie."""
    dossier, qui = Path(tempfile.mkdtemp(prefix="beffroi-pg-")), identite()
    if qui:
        os.chown(dossier, int(str(qui["user"])), int(str(qui["group"])))
    try:
        yield dossier
    finally:
        shutil.rmtree(dossier, ignore_errors=True)


@contextlib.contextmanager
def en_marche(dossier: Path, *, durable: bool = False, arret: str = "immediate") -> Iterator[str]:
    """Le serveur de cette grappe, le temps d'un bloc : son adresse, sans le nom d'une base."""
    port = port_libre()
    reglages = [] if durable else [f"-c {reglage}" for reglage in SANS_DURABILITE]
    options = " ".join([f"-p {port}", f"-k {dossier}", "-c listen_addresses=127.0.0.1", *reglages])
    pilote = ("pg_ctl", dossier, "-w", "-D", dossier / "donnees")
    outil(*pilote, "-o", options, "-l", dossier / "journal.txt", "start")
    try:
        yield f"postgresql://beffroi@127.0.0.1:{port}"
    finally:
        outil(*pilote, "-m", arret, "stop")


def redemarrer(adresse: str, *, arret: str) -> None:
    """Le serveur de cette base s'arrête et repart, au même port : toute connexion est morte."""
    piloter(donnees_de(adresse), "restart", "-m", arret)


@contextlib.contextmanager
def arretee(adresse: str) -> Iterator[None]:
    """Le serveur de cette base est arrêté, le temps du bloc."""
    donnees = donnees_de(adresse)
    piloter(donnees, "stop", "-m", "immediate")
    try:
        yield
    finally:
        relancer(donnees)


def tuer(donnees: Path) -> None:
    """`kill -9` du serveur et de chacun de ses processus : rien n'est rendu, rien n'est fermé."""
    serveur = int((donnees / "postmaster.pid").read_text("ascii").split()[0])
    enfants = Path(f"/proc/{serveur}/task/{serveur}/children").read_text("ascii").split()
    for pid in (serveur, *map(int, enfants)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    # Un mort qui a encore son numéro ferait croire à PostgreSQL qu'il tourne toujours.
    attendre(lambda: not Path(f"/proc/{serveur}").exists())


def relancer(donnees: Path) -> None:
    """Au même port, avec les mêmes options ; rend la main quand il répond."""
    # « restart » les reprend, « start » non.
    _, options = (donnees / "postmaster.opts").read_text("utf-8").strip().split(maxsplit=1)
    piloter(donnees, "start", "-o", options.replace(f'"-D" "{donnees}" ', ""))


def donnees_de(adresse: str) -> Path:
    with psycopg.connect(adresse) as base:
        return Path(base.execute("SHOW data_directory").fetchall()[0][0])


def piloter(donnees: Path, *geste: str) -> None:
    dossier = donnees.parent
    outil("pg_ctl", dossier, "-w", "-D", donnees, "-l", dossier / "journal.txt", *geste)


def outil(nom: str, dossier: Path, *arguments: str | Path) -> None:
    """Une commande de PostgreSQL, sous le compte qui fait tourner le serveur."""
    appel = {"check": True, "capture_output": True, "cwd": dossier, **identite()}
    subprocess.run([binaires() / nom, *arguments], **appel)  # type: ignore[call-overload]


def version() -> str:
    return subprocess.run(
        [binaires() / "postgres", "-V"], check=True, capture_output=True, text=True
    ).stdout.split()[2]
