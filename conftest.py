"""Ce qui vaut pour tous les tests :
la distribution, une base née de son modèle, rien au réseau, des actes qui engagent leurs lignes.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from tests.mesures.durees import Chronometre, les_plus_longs_d_abord
from tests.mesures.miettes import Miettes
from tests.moteurs.marque import marquer

# Une machine occupée n'est pas une faute du code :
# aucun délai, et des données lentes à tirer ne font pas échouer.
settings.register_profile("maison", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("maison")

# La distribution : une fixture que plusieurs dossiers partagent s'y trouve par son nom.
pytest_plugins = ["tests.distribution"]


def pytest_configure(config: pytest.Config) -> None:
    # Ce qu'une personne a installé pour elle ne juge pas les preuves des essais.
    os.environ["BEFFROI_CONFIANCE"] = ""
    config.pluginmanager.register(Miettes(), "miettes")
    if durees := os.environ.get("BEFFROI_DUREES"):
        config.pluginmanager.register(Chronometre(Path(durees)), "chronomètre")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from tests.mesures.partage import ParFichier

    return ParFichier(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Marque avant que pytest ne choisisse (base, moteurs) ; ordonne après qu'il a mêlé :
    les fichiers longs d'abord.
    """
    for item in items:
        marquer(item)
    yield
    les_plus_longs_d_abord(items)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Laisse, à qui a lancé la série, ce qui n'a pas été joué et pourquoi (`cli.essais`)."""
    bilan = os.environ.get("BEFFROI_BILAN")
    if bilan:
        raisons = [
            " ".join(str(rapport.longrepr[2]).split())
            for rapport in terminalreporter.stats.get("skipped", [])
        ]
        Path(bilan).write_text(
            "\n".join(raison.removeprefix("Skipped: ") for raison in raisons), "utf-8"
        )


@pytest.fixture(autouse=True)
def _sans_reseau(request: pytest.FixtureRequest) -> None:
    """Un test ne parle qu'à cette machine."""
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(autouse=True, scope="session")
def _vidage_entre_les_essais() -> Iterator[None]:
    """Un essai dont les transactions se valident laisse, sur PostgreSQL, un journal que ses gardes
    défendent contre Django ; SQLite, qui n'a qu'un écrivain, n'a pas d'essai qui y écrive ainsi.
    """
    from django.test import TransactionTestCase

    from tests.moteurs.moteur import sur_postgresql
    from tests.moteurs.vidage import vider

    with pytest.MonkeyPatch.context() as correctif:
        if sur_postgresql():
            correctif.setattr(TransactionTestCase, "_fixture_teardown", lambda essai: vider())
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """La base SQLite des essais naît migrée, et Django n'y trouve rien à faire ;
    PostgreSQL s'en charge lui-même.
    """
    from django.db import connection

    from tests.serveurs.modele import recopier_en_sqlite

    if connection.vendor != "sqlite":
        yield
        return
    with closing(recopier_en_sqlite(connection.creation._get_test_db_name())):  # type: ignore[attr-defined]
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """La base de qui la demande, même si aucun essai joué ne porte la marque de Django : un tour
    d'adresses (`tests/architecture/visites.py`) s'en passe, et se joue aussi seul.
    """
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        bases = setup_databases(
            verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set()
        )
    yield
    with django_db_blocker.unblock():
        teardown_databases(bases, verbosity=0)


@pytest.fixture(autouse=True, scope="session")
def _sans_attendre_le_disque() -> Iterator[None]:
    """Un essai qui meurt n'a rien à relire.

    Les pannes, elles, tuent de vrais processus, qui attendent le leur.
    """
    with pytest.MonkeyPatch.context() as correctif:
        correctif.setattr(os, "fsync", os.fstat)
        yield


@pytest.fixture(autouse=True, scope="session")
def _autorite_ancienne() -> None:
    """Les essais voyagent :
    l'autorité d'horodatage naît avant tous leurs instants, non au hasard du premier joué.
    """
    from django.conf import settings

    from beffroi.socle.journal.chainage import creer_l_autorite

    creer_l_autorite(settings.HORODATAGE["cle"], le=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture(autouse=True, scope="session")
def _pepiniere() -> Iterator[None]:
    """Le processus où se lit un document naît d'un autre, où les lecteurs sont déjà chargés."""
    from tests.serveurs.pepiniere import PEPINIERE

    with pytest.MonkeyPatch.context() as substitut:
        substitut.setattr("formats.lecture.enclos.subprocess", PEPINIERE)
        yield


@pytest.fixture
def enclos_neuf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ici, l'enclos est celui du service : un processus neuf à chaque document."""
    monkeypatch.setattr("formats.lecture.enclos.subprocess", subprocess)


@pytest.fixture(autouse=True)
def _rien_de_deja_note() -> None:
    """Un serveur se souvient des limites qu'il a notées sur une réponse ; la suivante, replantée
    sous la même référence, n'en sait rien.
    """
    if noter := sys.modules.get("beffroi.reponse.traces.noter"):
        noter._NOTEES.clear()


@pytest.fixture(autouse=True, scope="session")
def _veille() -> None:
    """Une scène ne se replante que dans une base dont on sait tout (`tests.semis`)."""
    from tests.semis import veiller

    veiller()


@pytest.fixture(autouse=True, scope="session")
def _garde() -> Iterator[Any]:
    """Aucun acte ne laisse une ligne qui prouve hors de son écriture au journal."""
    from tests.preuves.garde import Garde

    garde = Garde()
    garde.poser()
    yield garde
    garde.lever()


@pytest.fixture(autouse=True)
def _chaque_acte_engage_ses_lignes(_garde: Any) -> Iterator[None]:
    """Y compris les actes qui ont planté le décor de tout un fichier :
    le premier test qui s'en sert en répond.
    """
    yield
    fautes = [*_garde.fautes]
    _garde.fautes.clear()
    assert fautes == []
