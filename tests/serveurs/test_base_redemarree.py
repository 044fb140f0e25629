"""PostgreSQL redémarre sous un nœud qui sert : le nœud sert de nouveau, sans qu'on le relance."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from beffroi.commandes.cli.demo import reglages
from tests.plateforme import attendre
from tests.serveurs import souche
from tests.serveurs.postgresql import (
    PostgresqlAbsent,
    arretee,
    port_libre,
    postgresql,
    redemarrer,
)

PAGE = "/consultations/"
A_LA_FOIS = 8


@contextmanager
def un_noeud(base: str, dossier: Path) -> Iterator[str]:
    """`./beffroi serve`, en deux processus : l'adresse, tant que le bloc dure."""
    adresse = f"http://localhost:{port_libre()}"
    noeud = souche.lancer(
        ["serve", "--port", adresse.rsplit(":", 1)[1], "--processus", "2"],
        environnement={**reglages(dossier, adresse), "BEFFROI_BASE_DE_DONNEES": base},
        sortie=dossier / "serveur.log",
    )
    try:
        attendre(lambda: repond(adresse), delai_s=120)
        yield adresse
    finally:
        os.killpg(noeud.pid, signal.SIGKILL)
        noeud.wait(timeout=30)


def repond(adresse: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"{adresse}/heure", trust_env=False).is_success
    return False


def lire_ensemble(adresse: str) -> set[int]:
    """Ce que répond une page à tous ceux qui la lisent au même instant."""

    with ThreadPoolExecutor(A_LA_FOIS) as lecteurs:
        reponses = lecteurs.map(lire, [f"{adresse}{PAGE}"] * 4 * A_LA_FOIS)
        return {reponse.status_code for reponse in reponses}


def lire(url: str) -> httpx.Response:
    return httpx.get(url, timeout=60, trust_env=False)


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    try:
        with postgresql(durable=True) as adresse:
            yield adresse
    except PostgresqlAbsent as absent:
        pytest.skip(str(absent))


@pytest.fixture(scope="module")
def donnees(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un seul dossier : la base n'accepte que les clés du premier nœud qui l'a servie."""
    return tmp_path_factory.mktemp("noeud")


def test_un_noeud_sert_a_plusieurs_processus_et_survit_au_redemarrage_de_la_base(base, donnees):
    """Chaque processus a ses propres connexions ; mortes toutes d'un coup, elles se remplacent
    avant que personne lise une page d'erreur.
    """
    with un_noeud(base, donnees) as adresse:
        assert lire_ensemble(adresse) == {200}
        for arret in ("immediate", "fast"):
            redemarrer(base, arret=arret)
            assert lire_ensemble(adresse) == {200}, arret


def test_base_arretee_chaque_page_dit_quand_revenir_et_revient_seule(base, donnees):
    """Ni trente secondes d'attente, ni une panne : 503, `Retry-After`, et la page au retour."""
    with un_noeud(base, donnees) as adresse:
        with arretee(base):
            reponses = [lire(f"{adresse}{chemin}") for chemin in (PAGE, f"/api/v1{PAGE}"[:-1])]
            assert lire_ensemble(adresse) == {503}

        assert [(r.status_code, r.headers.get("Retry-After")) for r in reponses] == [(503, "5")] * 2
        attendre(lambda: lire_ensemble(adresse) == {200})
