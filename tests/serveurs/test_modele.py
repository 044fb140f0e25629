"""Le modèle recopié est bien la base que les migrations du moment donnent."""

import sqlite3
from contextlib import closing

from tests.serveurs import modele


def test_une_base_recopiee_n_a_plus_rien_a_migrer(tmp_path):
    with closing(modele.recopier_en_sqlite(tmp_path / "copie.sqlite3")) as copie:
        passees = set(copie.execute("SELECT app, name FROM django_migrations"))

    ecrites = {(m.parts[-3], m.stem) for m in modele.RACINE.glob("src/beffroi/*/migrations/0*.py")}
    assert ecrites and ecrites <= passees


def test_une_migration_changee_demande_un_modele_neuf(tmp_path, monkeypatch):
    monkeypatch.setattr(modele, "RACINE", tmp_path)
    migration = tmp_path / "src" / "beffroi" / "marches" / "migrations" / "0001_initial.py"
    migration.parent.mkdir(parents=True)
    migration.write_text("un champ")
    avant = modele.empreinte()

    migration.write_text("deux champs")

    assert modele.empreinte() != avant


def test_un_modele_ne_s_ecrit_qu_une_fois_et_chasse_celui_d_avant(tmp_path, monkeypatch):
    monkeypatch.setattr(modele, "MODELES", tmp_path)
    ecrits = []

    def demander(empreinte):
        monkeypatch.setattr(modele, "empreinte", lambda: empreinte)
        return modele.modele("sqlite", lambda dossier: ecrits.append(sqlite3.connect(dossier / "base").close()))

    assert demander("a") == demander("a")
    assert len(ecrits) == 1
    demander("b")
    assert [dossier.name for dossier in tmp_path.glob("sqlite-*")] == ["sqlite-b"]
