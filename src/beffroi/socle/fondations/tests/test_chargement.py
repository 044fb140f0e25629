"""Un serveur qui répond a tout chargé : sa première page ne charge plus rien."""

import os
import subprocess
import sys

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


def modules_de_la_premiere_page(tmp_path, *, charger: str) -> list[str]:
    reglages = {"BEFFROI_DONNEES": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    joue = subprocess.run(
        [sys.executable, "-c", PREMIERE_PAGE.format(charger=charger)],
        env={**os.environ, **reglages},
        capture_output=True,
        text=True,
        check=True,
    )
    return joue.stdout.split()


def test_la_premiere_page_ne_charge_plus_rien(tmp_path):
    assert modules_de_la_premiere_page(tmp_path, charger="tout_charger()") == []


def test_sans_cela_elle_chargerait_toutes_les_vues(tmp_path):
    neufs = modules_de_la_premiere_page(tmp_path, charger="")

    assert "config.urls" in neufs
