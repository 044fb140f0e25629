"""La base se perd d'un coup : pgBackRest la rend à moins d'une minute près, ou telle qu'elle était
à l'instant voulu, et le registre se relit intact (REQ-136).

Les deux fichiers joués sont ceux de `deploiement/pgbackrest` : seuls y changent les chemins et la
phrase qui chiffre.
"""

import configparser
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import psycopg
import pytest

from tests.architecture.arbre import RACINE
from tests.plateforme import attendre
from tests.serveurs.postgresql import (
    PostgresqlAbsent,
    donnees_de,
    identite,
    piloter,
    postgresql,
)
from tests.serveurs.test_restauration import EXPLOITANT, Installation

LIVRES = RACINE / "deploiement" / "pgbackrest"
UNE_MINUTE = timedelta(minutes=1)
# Le pire instant pour tout perdre : juste avant que le journal en cours parte.
PRESQUE_PARTI_S = 27
DEPUIS_LE_DERNIER_ENVOI = """
    SELECT coalesce(extract(epoch FROM clock_timestamp() - last_archived_time), 0)
    FROM pg_stat_archiver
"""
DERNIER_ENVOI = "SELECT last_archived_time FROM pg_stat_archiver"
EST_PARTIE_APRES = "SELECT clock_timestamp() + interval '2 seconds'"
UNE_FAUTE = "WITH faute AS (UPDATE temoin SET faux = true RETURNING 1) SELECT count(*) FROM faute"
FAUX = "SELECT count(*) FROM temoin WHERE faux"

pytestmark = [
    # Chaque jour, `test_restauration.py` restaure la copie de la nuit. Ici il faut attendre que
    # partent de vrais journaux, trente secondes chacun.
    pytest.mark.long,
    pytest.mark.skipif(
        shutil.which("pgbackrest") is None,
        reason="pgBackRest n'est pas installé (Debian : apt-get install pgbackrest)",
    ),
]


class Archives:
    """Le dépôt de pgBackRest, et la base qui s'y archive en continu."""

    def __init__(self, adresse: str) -> None:
        self.adresse, self.donnees = adresse, donnees_de(adresse)
        self.dossier = self.donnees.parent
        self.reglages = self.dossier / "pgbackrest.conf"
        _, options = (self.donnees / "postmaster.opts").read_text("utf-8").split(maxsplit=1)
        self.options = options.strip()

    def installer(self) -> None:
        self.reglages.write_text(self._reglages_d_ici(), "utf-8")
        self._archiver_en_continu()
        self.pgbackrest("stanza-create")
        self.pgbackrest("--type=full", "backup")

    def _reglages_d_ici(self) -> str:
        livre = (LIVRES / "pgbackrest.conf").read_text("utf-8")
        port = re.search(r'"-p" "(\d+)"', self.options)
        assert port and "pg1-path=/var/lib/postgresql/17/main\n" in livre
        chemins = "".join(f"{nom}-path={self.dossier / nom}\n" for nom in ("log", "lock", "spool"))
        d_ici = livre.replace("repo1-path=/srv/pgbackrest", f"repo1-path={self.dossier / 'depot'}")
        d_ici = d_ici.replace("[global]\n", f"[global]\n{chemins}", 1)
        d_ici = d_ici.replace("CHANGEZ-MOI", "essai")
        base = f"pg1-port={port[1]}\npg1-socket-path={self.dossier}\npg1-user=beffroi\n"
        return d_ici.replace(
            "pg1-path=/var/lib/postgresql/17/main\n", f"pg1-path={self.donnees}\n{base}"
        )

    def _archiver_en_continu(self) -> None:
        lus = configparser.ConfigParser(interpolation=None)
        lus.read_string(f"[livre]\n{(LIVRES / 'postgresql.conf').read_text('utf-8')}")
        with psycopg.connect(self.adresse, autocommit=True) as base:
            for nom, valeur in lus["livre"].items():
                dit = valeur.strip("'").replace(
                    "pgbackrest ", f"pgbackrest --config={self.reglages} "
                )
                base.execute(f"ALTER SYSTEM SET {nom} = '{dit}'")
        piloter(self.donnees, "restart", "-m", "fast")

    def pgbackrest(self, *geste: str) -> None:
        commande = ["pgbackrest", f"--config={self.reglages}", "--stanza=beffroi", *geste]
        fait = subprocess.run(
            commande, cwd=self.dossier, capture_output=True, text=True, **identite()
        )
        assert fait.returncode == 0, fait.stdout + fait.stderr

    def tout_perdre(self) -> None:
        """Le serveur s'arrête net, et son disque avec."""
        piloter(self.donnees, "stop", "-m", "immediate")
        for reste in self.donnees.iterdir():
            shutil.rmtree(reste) if reste.is_dir() else reste.unlink()

    def restaurer(self, *voulu: str) -> None:
        """Sans archiver : on relit ce que rend le dépôt, on ne l'écrit pas."""
        self.pgbackrest("--archive-mode=off", *voulu, "restore")
        piloter(self.donnees, "start", "-o", self.options)
        attendre(self._est_ouverte, delai_s=120)

    def _est_ouverte(self) -> bool:
        with psycopg.connect(self.adresse) as base:
            return base.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)

    def lire(self, ordre: str):
        with psycopg.connect(self.adresse, autocommit=True) as base:
            (valeur,) = base.execute(ordre).fetchone()
        return valeur


@contextmanager
def des_temoins(adresse: str) -> Iterator[list[datetime]]:
    """Une ligne validée vingt fois par seconde : l'instant de chacune, vu de qui l'écrit."""
    fini, valides = threading.Event(), []

    def temoigner() -> None:
        with psycopg.connect(adresse, autocommit=True) as base:
            while not fini.is_set():
                ecrit = "INSERT INTO temoin (le) VALUES (clock_timestamp()) RETURNING le"
                valides.append(base.execute(ecrit).fetchone()[0])
                time.sleep(0.05)

    with psycopg.connect(adresse, autocommit=True) as base:
        base.execute("CREATE TABLE temoin (le timestamptz PRIMARY KEY, faux boolean)")
    fil = threading.Thread(target=temoigner)
    fil.start()
    try:
        yield valides
    finally:
        fini.set()
        fil.join(timeout=30)


@pytest.fixture
def archives() -> Iterator[Archives]:
    try:
        with postgresql(durable=True) as adresse:
            neuves = Archives(adresse)
            neuves.installer()
            yield neuves
    except PostgresqlAbsent as absent:
        pytest.skip(str(absent))


def est_intact(plateforme: Installation) -> None:
    code, dit = plateforme.commande("verifier", "--journal", str(plateforme.donnees))
    assert code == 0 and "ntact" in dit, dit


def test_la_base_perdue_revient_a_moins_d_une_minute_ou_a_l_instant_voulu(archives, tmp_path):
    plateforme = Installation(tmp_path, archives.adresse)
    assert plateforme.commande(*EXPLOITANT)[0] == 0
    with des_temoins(archives.adresse) as valides:
        plateforme.sauvegarder()
        avant_la_faute = archives.lire("SELECT clock_timestamp()")
        actes = archives.lire("SELECT count(*) FROM journal_ecriture")
        plateforme.sauvegarder()
        archives.lire(UNE_FAUTE)
        partie = archives.lire(EST_PARTIE_APRES)
        attendre(lambda: archives.lire(DERNIER_ENVOI) > partie, delai_s=90)
        attendre(lambda: archives.lire(DEPUIS_LE_DERNIER_ENVOI) > PRESQUE_PARTI_S, delai_s=90)
    archives.tout_perdre()
    archives.restaurer()
    perdu = valides[-1] - archives.lire("SELECT max(le) FROM temoin")
    assert perdu < UNE_MINUTE and archives.lire(FAUX)
    est_intact(plateforme)

    archives.tout_perdre()
    archives.restaurer("--type=time", f"--target={avant_la_faute}", "--target-action=promote")
    revenu = archives.lire("SELECT max(le) FROM temoin")
    assert timedelta(0) <= avant_la_faute - revenu < timedelta(seconds=1)
    assert not archives.lire(FAUX)
    assert archives.lire("SELECT count(*) FROM journal_ecriture") == actes
    est_intact(plateforme)
