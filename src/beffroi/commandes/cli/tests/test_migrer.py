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

from tests.serveurs.modele import recopier_en_sqlite

RACINE = Path(__file__).resolve().parents[5]
FAITES = "SELECT name FROM django_migrations WHERE app = 'proces_verbaux' ORDER BY name"


def oublier(base: Path, contexte: str, nom: str) -> None:
    ecrite = sqlite3.connect(base)
    ecrite.execute("DELETE FROM django_migrations WHERE app = ? AND name LIKE ?", [contexte, nom])
    ecrite.commit()
    ecrite.close()


def migrer(base: Path) -> list[str]:
    reglages = {
        "BEFFROI_BASE_DE_DONNEES": f"sqlite://{base}",
        "BEFFROI_DONNEES": str(base.parent),
        "PYTHONPATH": f"{RACINE / 'src'}:{RACINE}",
    }
    subprocess.run(
        [sys.executable, "-m", "beffroi", "migrer", "--silencieux"],
        env={**os.environ, **reglages},
        check=True,
    )
    return [nom for (nom,) in sqlite3.connect(base).execute(FAITES)]


@pytest.fixture
def base(tmp_path):
    recopier_en_sqlite(tmp_path / "base.sqlite3").close()
    return tmp_path / "base.sqlite3"


def test_une_base_d_avant_a_jour_tient_le_depart_pour_fait(base):
    oublier(base, "proces_verbaux", "%_depart")

    assert migrer(base) == ["0001_initiale", "0002_depart"]


def test_une_base_restee_en_chemin_reprend_une_table_qu_un_voisin_avait_creee(base):
    oublier(base, "proces_verbaux", "%")

    assert migrer(base) == ["0001_initiale", "0002_depart"]


def test_les_departs_disent_les_memes_modeles_que_les_migrations_d_avant():
    chargees = MigrationLoader(None, replace_migrations=False)
    departs = chargees.replacements
    d_avant = {cle for depart in departs.values() for cle in depart.replaces}

    assert (
        chargees.project_state(sorted(departs)).models
        == chargees.project_state(sorted(d_avant)).models
    )
