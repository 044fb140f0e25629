"""Deux ouvertures au même instant n'en font qu'une, sur les deux moteurs (fiabilité, R4)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serveurs.postgresql import PostgresqlAbsent, postgresql

RACINE = Path(__file__).resolve().parents[4]


@pytest.fixture(params=["sqlite", "postgresql"])
def base(request):
    if request.param == "sqlite":
        yield "sqlite", ""
        return
    try:
        with postgresql() as adresse:
            yield "postgresql", adresse
    except PostgresqlAbsent as absent:
        pytest.skip(str(absent))


def test_huit_demandes_simultanees_font_une_seule_ouverture(base, tmp_path):
    moteur, adresse = base
    environnement = {**os.environ, "BEFFROI_DONNEES": str(tmp_path), "BEFFROI_BASE_DE_DONNEES": adresse}
    environnement |= {"PYTHONPATH": "src:.", "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    commande = [sys.executable, "-m", "beffroi.ouverture.tests.tempete", "8"]

    sortie = subprocess.run(commande, env=environnement, cwd=RACINE, capture_output=True, text=True, timeout=300)

    assert sortie.returncode == 0, sortie.stderr[-3000:]
    bilan = json.loads(sortie.stdout)
    assert bilan["moteur"] == moteur
    assert (bilan["ouvertes"], bilan["fichiers"], bilan["au_journal"]) == (1, 1, 1)
    assert set(bilan["resultats"]) <= {"ouverte", "EnveloppeEnCours"}
