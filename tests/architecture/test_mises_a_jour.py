"""Une version se met à jour pendant que celle d'avant sert ; qui ne le peut pas se nomme.

Ce que chaque migration ferait se lit sans base (`noeuds.deux_versions`). Les mises à jour partent
de la 0.1.0 : de ses départs (docs/developpeurs/migrations.md).
"""

import tomllib
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from beffroi.socle.noeuds.deux_versions import defauts, nom_de
from tests.architecture.arbre import RACINE

NOMMEES = RACINE / "tests" / "architecture" / "mises_a_jour.toml"
QUOI_FAIRE = (
    "étendez le schéma d'abord, et retirez à la version suivante ; ou inscrivez la migration à sa "
    f"version dans {NOMMEES.name}, et dites l'arrêt dans UPGRADE.md"
)


def de_la_maison(contexte: str) -> bool:
    return apps.get_app_config(contexte).name.startswith("beffroi.")


def depuis_la_premiere_version(chargees: MigrationLoader) -> Iterator[Migration]:
    departs = [cle for cle in chargees.graph.nodes if cle[1].endswith("_depart")]
    vues = {cle for depart in departs for cle in chargees.graph.forwards_plan(depart)}
    for derniere in sorted(chargees.graph.leaf_nodes()):
        for cle in chargees.graph.forwards_plan(derniere):
            if cle not in vues and de_la_maison(cle[0]):
                yield chargees.graph.nodes[cle]
            vues.add(cle)


@pytest.fixture(scope="module")
def trouves() -> dict[str, list[str]]:
    """Par migration, ce qui l'empêche de se faire en servant."""
    chargees = MigrationLoader(None)
    d_avant = [
        cle
        for cle in chargees.graph.nodes
        if cle[1].endswith("_depart") or not de_la_maison(cle[0])
    ]
    plan = list(depuis_la_premiere_version(chargees))
    lus: dict[str, list[str]] = {nom_de(migration): [] for migration in plan}
    for defaut in defauts(plan, chargees.project_state(d_avant)):
        lus[defaut.migration].append(str(defaut))
    return lus


@pytest.fixture(scope="module")
def nommees() -> dict[str, list[str]]:
    return tomllib.loads(NOMMEES.read_text("utf-8"))["a_l_arret"]


def test_chaque_migration_se_fait_pendant_que_la_version_d_avant_sert(trouves, nommees):
    dites = {nom for noms in nommees.values() for nom in noms}

    muettes = [dit for nom, dits in trouves.items() if nom not in dites for dit in dits]

    assert muettes == [], QUOI_FAIRE


def test_une_migration_nommee_a_l_arret_en_demande_bien_un(trouves, nommees):
    de_trop = [nom for noms in nommees.values() for nom in noms if not trouves.get(nom)]

    assert de_trop == []


def test_une_version_qui_demande_un_arret_le_dit_a_l_exploitant(nommees):
    dit = (RACINE / "UPGRADE.md").read_text("utf-8")

    assert [nom for nom in nommees if f"La {nom} se met à jour à l'arrêt" not in dit] == []


def test_des_migrations_se_font_deja_en_servant(trouves, nommees):
    """La règle n'est pas vide : elle en juge, et en admet."""
    assert [nom for nom, dits in trouves.items() if not dits]
