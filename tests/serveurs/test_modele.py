"""Le modèle recopié est bien la base que les migrations du moment donnent."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps

from tests.serveurs import modele


def test_une_base_recopiee_n_a_plus_rien_a_migrer(tmp_path):
    with closing(modele.recopier_en_sqlite(tmp_path / "copie.sqlite3")) as copie:
        passees = set(copie.execute("SELECT app, name FROM django_migrations"))

    ecrites = {
        (app.label, migration.stem)
        for app in apps.get_app_configs()
        if app.name.startswith("beffroi.")
        for migration in Path(app.path).glob("migrations/0*.py")
    }
    assert ecrites and ecrites <= passees


@pytest.mark.parametrize(
    "change", ["marches/migrations/0001_initial.py", "journal/refus.py", "recherche/schema.py"]
)
def test_une_migration_changee_ou_ce_qu_elle_importe_demande_un_modele_neuf(
    tmp_path, monkeypatch, change
):
    monkeypatch.setattr(modele, "RACINE", tmp_path)
    logiciel = tmp_path / "src" / "beffroi"
    for contexte in ("marches/migrations", "journal", "recherche"):
        (logiciel / contexte).mkdir(parents=True)
    for module in ("journal/refus.py", "recherche/schema.py"):
        (logiciel / module).write_text("avant")
    migration = (
        "from beffroi.journal.refus import refuser\n\ndef poser():\n    from "
        "beffroi.recherche import schema\n"
    )
    (logiciel / "marches/migrations/0001_initial.py").write_text(migration)
    avant = modele.empreinte()

    (logiciel / change).write_text("après")

    assert modele.empreinte() != avant


def test_un_modele_ne_s_ecrit_qu_une_fois_et_chasse_celui_d_avant(tmp_path, monkeypatch):
    monkeypatch.setattr(modele, "MODELES", tmp_path)
    ecrits = []

    def demander(empreinte):
        monkeypatch.setattr(modele, "empreinte", lambda: empreinte)
        return modele.modele(
            "sqlite", lambda dossier: ecrits.append(sqlite3.connect(dossier / "base").close())
        )

    assert demander("a") == demander("a")
    assert len(ecrits) == 1
    demander("b")
    assert [dossier.name for dossier in tmp_path.glob("sqlite-*")] == ["sqlite-b"]
