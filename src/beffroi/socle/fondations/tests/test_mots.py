"""Un mot vaut la valeur que la base garde, dit la sienne, et ne met pas Django dans les règles."""

import json
import subprocess
import sys

from django.db.migrations.writer import MigrationWriter
from django.template import Context, Template

from beffroi.socle.fondations.mots import Mots


class Temps(Mots):
    BEAU = "beau", "Beau temps"
    GRIS = "gris", "Temps gris"


def test_un_mot_est_la_valeur_que_la_base_garde():
    assert Temps.BEAU == "beau" and Temps("beau") is Temps.BEAU
    assert (
        "beau" in {Temps.BEAU}
        and f"{Temps.BEAU}" == str(Temps.BEAU) == json.loads(json.dumps(Temps.BEAU)) == "beau"
    )


def test_un_mot_se_dit():
    assert Temps.GRIS.label == "Temps gris"
    assert Temps.choices == [("beau", "Beau temps"), ("gris", "Temps gris")]
    assert Temps.values == ["beau", "gris"]


def test_une_migration_ecrit_la_valeur_et_ne_nomme_aucune_classe():
    assert MigrationWriter.serialize(Temps.BEAU) == ("'beau'", set())


def test_un_gabarit_lit_les_mots_sans_les_appeler():
    assert Template("{{ Temps.BEAU.label }}").render(Context({"Temps": Temps})) == "Beau temps"


def test_les_mots_se_lisent_sans_django():
    lu = (
        "import sys; from beffroi.achat.consultations.states import Etat; "
        "sys.exit('django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", lu], check=False).returncode == 0
