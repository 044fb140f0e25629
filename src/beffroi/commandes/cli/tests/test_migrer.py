"""Une base faite avant la 0.1.0 continue :
ce qu'elle a déjà n'est pas refait, ce qui lui manque vient dans l'ordre d'alors.
"""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

from tests.serveurs import souche
from tests.serveurs.modele import recopier_en_sqlite

RACINE = Path(__file__).resolve().parents[5]
AUX_DEPARTS = """
import django; django.setup()
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executeur = MigrationExecutor(connection)
noeuds = executeur.loader.graph.nodes
departs = [cle for cle in noeuds if cle[1].endswith("_depart")]
des_autres = {a.label for a in apps.get_app_configs() if not a.name.startswith("beffroi.")}
autres = [cle for cle in executeur.loader.graph.leaf_nodes() if cle[0] in des_autres]
executeur.migrate(departs + autres)
"""


def ecrire(base: Path, *ordres: str) -> None:
    ecrite = sqlite3.connect(base)
    for ordre in ordres:
        ecrite.execute(ordre)
    ecrite.commit()
    ecrite.close()


def oublier(base: Path, contexte: str, nom: str) -> None:
    ecrire(base, f"DELETE FROM django_migrations WHERE app LIKE '{contexte}' AND name LIKE '{nom}'")


def migrer(base: Path) -> list[str]:
    """Les migrations de `proces_verbaux` que cette base tient ensuite pour faites."""
    sur_cette_base(base, "-m", "beffroi", "migrer", "--silencieux")
    return faites(base, "proces_verbaux")


def sur_cette_base(base: Path, *arguments: str) -> None:
    reglages = {
        "BEFFROI_BASE_DE_DONNEES": f"sqlite://{base}",
        "BEFFROI_DONNEES": str(base.parent),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PYTHONPATH": f"{RACINE / 'src'}:{RACINE}",
    }
    subprocess.run([sys.executable, *arguments], env={**os.environ, **reglages}, check=True)


def faites(base: Path, contexte: str) -> list[str]:
    dites = "SELECT name FROM django_migrations WHERE app = ? ORDER BY name"
    return [nom for (nom,) in sqlite3.connect(base).execute(dites, [contexte])]


@pytest.fixture
def base(tmp_path):
    recopier_en_sqlite(tmp_path / "base.sqlite3").close()
    return tmp_path / "base.sqlite3"


@pytest.fixture
def base_du_depart(tmp_path):
    """Une base arrêtée aux départs : ce qui les suit n'y est pas encore."""
    base = tmp_path / "depart.sqlite3"
    sur_cette_base(base, "-c", AUX_DEPARTS)
    return base


def test_une_base_d_avant_a_jour_tient_le_depart_pour_fait(base):
    oublier(base, "proces_verbaux", "%_depart")

    assert migrer(base) == ["0001_initiale", "0002_depart"]


def test_une_base_restee_en_chemin_reprend_une_table_qu_un_voisin_avait_creee(base_du_depart):
    oublier(base_du_depart, "%", "%_depart")
    oublier(base_du_depart, "proces_verbaux", "%")

    assert migrer(base_du_depart) == ["0001_initiale", "0002_depart"]


def test_une_base_neuve_arretee_en_chemin_finit_par_ses_departs(base):
    """Le registre avait sa table d'un voisin, dont le départ ne la crée plus."""
    oublier(base, "registre_des_depots", "%")
    ecrire(base, "DROP TABLE ouverture_registrescelle")

    migrer(base)

    assert faites(base, "registre_des_depots") == ["0001_initiale", "0002_tirages", "0003_depart"]


def test_un_depart_arrete_pendant_qu_il_s_inscrivait_est_fait(base):
    inscrites = faites(base, "conformite")
    oublier(base, "conformite", "0002_%")
    oublier(base, "conformite", "%_depart")

    migrer(base)

    assert faites(base, "conformite") == inscrites


def test_les_departs_disent_les_memes_modeles_que_les_migrations_d_avant():
    chargees = MigrationLoader(None, replace_migrations=False)
    departs = chargees.replacements
    d_avant = {cle for depart in departs.values() for cle in depart.replaces}

    assert (
        chargees.project_state(sorted(departs)).models
        == chargees.project_state(sorted(d_avant)).models
    )


def test_un_nom_de_registre_d_essai_est_refuse_avant_toute_ecriture(tmp_path):
    reglages = {
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "BEFFROI_DONNEES": str(tmp_path),
        "BEFFROI_ADRESSE": "https://marches.centre.fr",
        "BEFFROI_HOTES": "marches.centre.fr",
    }

    fini = souche.beffroi("migrer", **reglages)

    assert fini.returncode == 1
    assert "Le registre s'appelle encore « beffroi.localhost/journal »" in fini.stderr
    assert "Donnez BEFFROI_JOURNAL_ORIGINE" in fini.stderr
    assert not (tmp_path / "beffroi.sqlite3").exists()
