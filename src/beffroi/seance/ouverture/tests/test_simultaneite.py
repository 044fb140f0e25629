"""Plusieurs personnes au même instant, sur les deux moteurs :
rien ne s'ouvre deux fois, rien ne se perd (fiabilité, R4).
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


@pytest.fixture
def tempete(base, tmp_path):
    """Joue une tempête dans un processus à part, sur une base vide."""
    moteur, adresse = base
    environnement = {
        **os.environ,
        "BEFFROI_DONNEES": str(tmp_path),
        "BEFFROI_BASE_DE_DONNEES": adresse,
    }
    environnement |= {"PYTHONPATH": "src:.", "DJANGO_SETTINGS_MODULE": "config.settings.test"}

    def jouer(jeu: str, nombre: int) -> dict:
        commande = [
            sys.executable,
            "-m",
            "beffroi.seance.ouverture.tests.tempete",
            jeu,
            str(nombre),
        ]
        sortie = subprocess.run(
            commande, env=environnement, cwd=RACINE, capture_output=True, text=True, timeout=300
        )
        assert sortie.returncode == 0, sortie.stderr[-3000:]
        bilan = json.loads(sortie.stdout)
        assert bilan["moteur"] == moteur
        return bilan

    return jouer


def test_huit_demandes_simultanees_font_une_seule_ouverture(tempete):
    bilan = tempete("ouverture", 8)

    assert (bilan["ouvertes"], bilan["fichiers"], bilan["au_journal"]) == (1, 1, 1)
    assert set(bilan["resultats"]) <= {"ouverte", "EnveloppeEnCours"}


def test_des_reponses_inscrites_pendant_que_les_cles_tournent_sont_toutes_comptees_et_ouvertes(
    tempete,
):
    bilan = tempete("entree", 12)

    assert bilan["resultats"] == {"depose": 12, "ouverte": 1}
    assert (bilan["fautes"], bilan["clotures"]) == ([], [12])
    assert (bilan["seance"], bilan["ouvertes"], bilan["oubliees"]) == ("close", 12, [])


def test_des_reponses_inscrites_pendant_que_la_seance_se_clot_ne_sont_pas_oubliees(tempete):
    bilan = tempete("fin", 12)

    assert bilan["resultats"]["depose"] == 12
    assert set(bilan["resultats"]) <= {"depose", "close", "RegleEnfreinte"}
    assert (bilan["fautes"], bilan["clotures"], bilan["oubliees"]) == ([], [12], [])
