"""Une base et sa base de secours, qui la suit à chaque validation ; promue, elle la remplace.

La réplication est synchrone : rien n'est acquitté que le secours n'ait écrit.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.plateforme import attendre
from tests.serveurs import postgresql
from tests.serveurs.relais import Relais, relais


@dataclass
class BaseSecourue:
    """`adresse` est celle du relais : elle vaut avant comme après la bascule."""

    dossier: Path
    devant: Relais
    en_service: Path
    port: int
    secours: Path | None = None
    port_du_secours: int = 0
    rang: int = 0

    @property
    def adresse(self) -> str:
        return f"postgresql://beffroi@127.0.0.1:{self.devant.port}/postgres"

    def installer_un_secours(self) -> None:
        """Une copie de la base en service, qui la suit ; elle attend désormais son accord."""
        self.rang += 1
        self.secours = self.dossier / f"secours-{self.rang}"
        self.port_du_secours = postgresql.port_libre()
        source = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "beffroi")
        suite = ("-R", "-X", "stream", "--checkpoint=fast")
        postgresql.outil("pg_basebackup", self.dossier, *source, "-D", self.secours, *suite)
        self.piloter(self.secours, "start", "-o", self.options(self.port_du_secours))
        self.exiger_son_accord("*")
        attendre(self.est_suivie)

    def exiger_son_accord(self, de: str) -> None:
        with psycopg.connect(self.directe, autocommit=True) as base:
            base.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{de}'")
            base.execute("SELECT pg_reload_conf()")

    def est_suivie(self) -> bool:
        with psycopg.connect(self.directe) as base:
            suivies = base.execute("SELECT sync_state FROM pg_stat_replication").fetchall()
        return suivies == [("sync",)]

    def basculer(self) -> None:
        """La base meurt ; le secours la remplace, à la même adresse."""
        assert self.secours
        postgresql.tuer(self.en_service)
        self.piloter(self.secours, "promote")
        self.en_service, self.port = self.secours, self.port_du_secours
        self.exiger_son_accord("")
        self.devant.vers = ("127.0.0.1", self.port)
        self.secours = None

    @property
    def directe(self) -> str:
        return f"postgresql://beffroi@127.0.0.1:{self.port}/postgres"

    def options(self, port: int) -> str:
        return f"-p {port} -k {self.dossier} -c listen_addresses=127.0.0.1"

    def piloter(self, donnees: Path, *geste: str) -> None:
        journal = self.dossier / f"{donnees.name}.txt"
        postgresql.outil("pg_ctl", self.dossier, "-w", "-D", donnees, "-l", journal, *geste)

    def arreter(self) -> None:
        for donnees in (self.secours, self.en_service):
            if donnees and (donnees / "postmaster.pid").exists():
                with contextlib.suppress(Exception):
                    self.piloter(donnees, "stop", "-m", "immediate")


@contextlib.contextmanager
def base_secourue() -> Iterator[BaseSecourue]:
    with postgresql.un_dossier() as dossier:
        postgresql.recopier_la_grappe(dossier)
        port = postgresql.port_libre()
        with relais(port) as devant:
            base = BaseSecourue(dossier, devant, dossier / "donnees", port)
            base.piloter(base.en_service, "start", "-o", base.options(port))
            try:
                yield base
            finally:
                base.arreter()
