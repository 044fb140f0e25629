"""Le même import, le même paiement, à la même seconde :
un seul entre, et jamais plus que ce qui est dû.
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


def test_six_personnes_a_la_meme_seconde_ne_notent_rien_deux_fois_ni_plus_que_le_du(base, tmp_path):
    moteur, adresse = base
    environnement = {
        **os.environ,
        "BEFFROI_DONNEES": str(tmp_path),
        "BEFFROI_BASE_DE_DONNEES": adresse,
    }
    environnement |= {"PYTHONPATH": "src:.", "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    commande = [sys.executable, "-m", "beffroi.centre.recettes.tests.tempete", "6"]

    sortie = subprocess.run(
        commande, env=environnement, cwd=RACINE, capture_output=True, text=True, timeout=300
    )

    assert sortie.returncode == 0, sortie.stderr[-3000:]
    bilan = json.loads(sortie.stdout)
    assert (bilan["moteur"], bilan["notes"], bilan["reste"]) == (moteur, 3, "100.00")
    # Trois ont confirmé le dépôt appliqué (rien de plus ne s'écrit) ;
    # trois, son double, qui se refuse.
    deja = (
        "Ce fichier est déjà importé : Solange Petitprez l'a déposé, "
        "et il s'est appliqué le 15/03/2027."
    )
    assert bilan["imports"] == {"fait": 3, deja: 3}
    assert bilan["meme"] == {"fait": 1, "L'encaissement VIR-1 est déjà noté, au 15/03/2027.": 5}
    assert bilan["trop"]["fait"] == 2
    assert sum(bilan["trop"].values()) == 6
    assert all("il ne reste que 100" in phrase for phrase in bilan["trop"] if phrase != "fait")
