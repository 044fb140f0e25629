"""Un serveur qui répond a tout chargé : sa première page ne charge plus rien."""

import os
import subprocess
import sys
from pathlib import Path

PREMIERE_PAGE = """
import sys
from beffroi.commandes.cli.cadre import preparer_django
preparer_django()
from django.core.wsgi import get_wsgi_application
from django.template import Engine
from django.template.loader import get_template
from django.test import Client
from beffroi.socle.fondations.chargement import gabarits_des_pages, tout_charger
servir = get_wsgi_application()
{charger}
deja = set(sys.modules)
assert Client().get("/heure").status_code == 200
for gabarit in gabarits_des_pages():
    get_template(gabarit)
Engine.get_default().template_context_processors
neufs = {{nom for nom in sys.modules if nom not in deja}}
print(*sorted(nom for nom in neufs if nom.startswith(("beffroi.", "config.", "formats."))))
"""

A_RELIRE = """
import gc
from beffroi.commandes.cli.cadre import preparer_django
preparer_django()
from beffroi.socle.fondations.chargement import tout_charger
tout_charger()
print(len(gc.get_objects()))
"""


def modules_de_la_premiere_page(tmp_path, *, charger: str) -> list[str]:
    return jouer(PREMIERE_PAGE.format(charger=charger), tmp_path).split()


def jouer(programme: str, donnees: Path) -> str:
    """Ce qu'un processus neuf en écrit."""
    reglages = {"BEFFROI_DONNEES": str(donnees), "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    return subprocess.run(
        [sys.executable, "-c", programme],
        env={**os.environ, **reglages},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_la_premiere_page_ne_charge_plus_rien(tmp_path):
    assert modules_de_la_premiere_page(tmp_path, charger="tout_charger()") == []


def test_sans_cela_elle_chargerait_toutes_les_vues(tmp_path):
    neufs = modules_de_la_premiere_page(tmp_path, charger="")

    assert "config.urls" in neufs


def test_ce_qui_est_charge_ne_se_relit_plus_a_chaque_ramassage(tmp_path):
    """Deux cent quarante mille objets sans cela."""
    assert int(jouer(A_RELIRE, tmp_path)) < 1_000
