"""Six personnes lancent le même appel à la même seconde :
un seul se fait, les autres lisent une phrase.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serveurs.modele import recopier_en_sqlite
from tests.serveurs.postgresql import PostgresqlAbsent, postgresql

RACINE = Path(__file__).resolve().parents[5]


@pytest.fixture(params=["sqlite", "postgresql"])
def base(request, tmp_path):
    if request.param == "sqlite":
        recopier_en_sqlite(tmp_path / "beffroi.sqlite3").close()
        yield "sqlite", ""
        return
    try:
        with postgresql() as adresse:
            yield "postgresql", adresse
    except PostgresqlAbsent as absent:
        pytest.skip(str(absent))


def test_six_lancements_a_la_meme_seconde_font_un_seul_appel_et_une_phrase_pour_les_autres(
    base, tmp_path
):
    moteur, adresse = base
    environnement = {
        **os.environ,
        "BEFFROI_DONNEES": str(tmp_path),
        "BEFFROI_BASE_DE_DONNEES": adresse,
    }
    environnement |= {"PYTHONPATH": "src:.", "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    commande = [sys.executable, "-m", "beffroi.centre.contributions.tests.tempete", "6"]

    sortie = subprocess.run(
        commande, env=environnement, cwd=RACINE, capture_output=True, text=True, timeout=300
    )

    assert sortie.returncode == 0, sortie.stderr[-3000:]
    bilan = json.loads(sortie.stdout)
    assert (bilan["moteur"], bilan["lignes"], bilan["au_journal"]) == (moteur, 5, 2)
    assert bilan["numeros"] == [1, 2, 3, 4, 5]
    assert bilan["ouvertures"] == {
        "fait": 1,
        "Fanny Delattre a déjà ouvert l'appel 2027. Rechargez la page.": 5,
    }
    suite = "une autre personne l'a mené, ou ce n'est pas son tour. Rechargez la page."
    assert bilan["gels"] == {"fait": 1, f"L'appel 2027 en est à « Comptes figés » : {suite}": 5}
    assert bilan["emissions"] == {"fait": 1, f"L'appel 2027 en est à « Émis » : {suite}": 5}
