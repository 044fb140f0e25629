"""Planter une faute, la chercher, la retirer : sur une maison d'une pièce, avec un vrai pytest."""

import tomllib
from dataclasses import replace

import pytest

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.outillage import fautes_plantees
from beffroi.commandes.outillage.fautes_plantees import (
    SERIES,
    SQLITE,
    Constat,
    Faute,
    chercher,
    choisir,
    groupes,
    plantees,
    retenir,
)

REGLE = "def est_a_temps(heure):\n    return heure <= 12\n"
TESTS = """
from regle import est_a_temps

def test_midi_est_a_temps():
    assert est_a_temps(12)

def test_le_matin_est_a_temps():
    assert est_a_temps(9)
"""
FAUTE = Faute(
    nom="midi-en-retard", quartier="reponse", contexte="depots", sorte="regle", dit="midi est en retard",
    fichier="src/regle.py", avant="heure <= 12", apres="heure < 12", ou=("tests/test_regle.py",),
)  # fmt: skip


@pytest.fixture
def maison(tmp_path, monkeypatch):
    """La maison saine, et sa copie où l'on plante."""
    for nom in ("saine", "copie"):
        (tmp_path / nom / "src").mkdir(parents=True)
        (tmp_path / nom / "tests").mkdir()
        (tmp_path / nom / "src" / "regle.py").write_text(REGLE)
        (tmp_path / nom / "tests" / "test_regle.py").write_text(TESTS)
        (tmp_path / nom / "pytest.ini").write_text("[pytest]\n")
    monkeypatch.setattr(fautes_plantees, "RACINE", tmp_path / "saine")
    # Les greffons de la maison n'ont rien à faire ici, et les charger dure plus que l'essai.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "oui")
    return tmp_path


def chercher_plantee(maison, faute):
    with plantees([faute], maison / "copie"):
        return chercher(faute, maison / "copie", [SQLITE])


def test_une_faute_est_trouvee_par_le_premier_test_qui_echoue(maison):
    constat = chercher_plantee(maison, FAUTE)

    assert (constat.par, constat.etage) == ("tests/test_regle.py::test_midi_est_a_temps", "SQLite")
    assert (maison / "copie" / "src" / "regle.py").read_text() == REGLE


def test_une_faute_que_rien_ne_voit_se_dit(maison):
    constat = chercher_plantee(maison, replace(FAUTE, apres="heure <= 13"))

    assert constat.dit() == {"trouvee": False}
    assert "PAS TROUVÉE" in constat.en_une_ligne()


def test_un_test_qui_echoue_aussi_sans_la_faute_ne_la_trouve_pas(maison):
    (maison / "saine" / "src" / "regle.py").write_text(REGLE.replace("<=", "<"))

    assert chercher_plantee(maison, FAUTE).par == ""


def test_un_pytest_qui_ne_joue_rien_n_est_pas_une_faute_inapercue(maison):
    (maison / "copie" / "tests" / "test_regle.py").write_text("import rien_de_tel\n")

    with pytest.raises(ErreurDeCommande, match="n'a pas pu jouer"):
        chercher_plantee(maison, FAUTE)


@pytest.mark.parametrize("texte", ["rien de tel", "heure <= 12, heure <= 12"])
def test_une_faute_se_plante_a_un_endroit_et_un_seul(texte):
    with pytest.raises(ErreurDeCommande, match="au lieu d'une"):
        FAUTE.plantee_dans(texte)


def test_les_migrations_se_plantent_ensemble_et_a_la_fin():
    migrations = [replace(FAUTE, nom=nom, sorte="migration") for nom in ("une-table", "une-autre")]

    assert groupes([migrations[0], FAUTE, migrations[1]]) == [[FAUTE], migrations]


def test_une_faute_inconnue_se_refuse():
    assert choisir([FAUTE], []) == choisir([FAUTE], ["midi-en-retard"]) == [FAUTE]
    with pytest.raises(ErreurDeCommande, match="minuit"):
        choisir([FAUTE], ["minuit"])


def test_un_parcours_ne_se_joue_qu_a_son_etage():
    faute = replace(FAUTE, ou=("tests/test_regle.py", "tests/parcours/test_depot_acte.py"))
    sqlite, postgresql, plateforme = SERIES["longue"]

    assert sqlite.chemins(faute) == postgresql.chemins(faute) == ["tests/test_regle.py"]
    assert plateforme.chemins(faute) == ["tests/parcours/test_depot_acte.py"]


def test_ce_qui_est_trouve_se_garde_et_une_faute_replantee_se_corrige(tmp_path, monkeypatch):
    autre = replace(FAUTE, nom="minuit-en-retard")
    monkeypatch.setattr(fautes_plantees, "lire_la_liste", lambda: [FAUTE, autre])
    par, vers = 'tests/test_regle.py::test_midi["le midi"]', tmp_path / "trouvees.toml"

    retenir([Constat(FAUTE), Constat(autre, par, "SQLite")], vers)
    retenir([Constat(FAUTE, par, "PostgreSQL")], vers)

    assert tomllib.loads(vers.read_text("utf-8")) == {
        "midi-en-retard": {"trouvee": True, "par": par, "etage": "PostgreSQL"},
        "minuit-en-retard": {"trouvee": True, "par": par, "etage": "SQLite"},
    }
