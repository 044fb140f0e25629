"""Planter des fautes, les chercher, les retirer :
sur une maison de deux pièces, avec un vrai pytest.
"""

import tomllib
from dataclasses import replace

import pytest

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.outillage import fautes_plantees, liste_des_fautes
from beffroi.commandes.outillage.fautes_cherchees import (
    SERIES,
    Constat,
    chercher,
    plantees,
    poser_le_greffon,
)
from beffroi.commandes.outillage.fautes_plantees import retenir
from beffroi.commandes.outillage.liste_des_fautes import Faute, choisir, groupes

REGLE = "def est_a_temps(heure):\n    return heure <= 12\n"
COMPTE = "def total(sommes):\n    return sum(sommes)\n"
TESTS = {
    "test_regle.py": """
from regle import est_a_temps

def test_midi_est_a_temps():
    assert est_a_temps(12)

def test_midi_est_a_temps_aussi():
    assert est_a_temps(12)
""",
    "test_compte.py": """
from compte import total

def test_le_total_est_juste():
    assert total([1, 2]) == 3
""",
}
FAUTE = Faute(
    nom="midi-en-retard",
    quartier="reponse",
    contexte="depots",
    sorte="regle",
    dit="midi est en retard",
    fichier="src/regle.py",
    avant="heure <= 12",
    apres="heure < 12",
    ou=("tests/test_regle.py",),
)
AUTRE = replace(
    FAUTE,
    nom="total-de-rien",
    quartier="centre",
    contexte="recettes",
    fichier="src/compte.py",
    avant="sum(sommes)",
    apres="sum(sommes[1:])",
    ou=("tests/test_compte.py",),
)


@pytest.fixture
def copie(tmp_path, monkeypatch):
    """Une maison saine, et sa copie où l'on plante."""
    for nom in ("saine", "copie"):
        maison = tmp_path / nom
        (maison / "src").mkdir(parents=True)
        (maison / "tests").mkdir()
        (maison / "src" / "regle.py").write_text(REGLE)
        (maison / "src" / "compte.py").write_text(COMPTE)
        (maison / "pytest.ini").write_text("[pytest]\n")
        for test, texte in TESTS.items():
            (maison / "tests" / test).write_text(texte)
    poser_le_greffon(tmp_path / "copie")
    monkeypatch.setattr(liste_des_fautes, "RACINE", tmp_path / "saine")
    # Les greffons de la maison n'ont rien à faire ici, et les charger dure plus que l'essai.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "oui")
    return tmp_path / "copie"


def chercher_plantees(copie, *fautes):
    with plantees(fautes, copie):
        return chercher(fautes, copie, SERIES["longue"][:1])


def test_des_fautes_plantees_ensemble_sont_trouvees_chacune_par_son_test(copie):
    constats = chercher_plantees(copie, FAUTE, AUTRE)

    assert [(constat.par, constat.etage) for constat in constats] == [
        ("tests/test_regle.py::test_midi_est_a_temps", "SQLite"),
        ("tests/test_compte.py::test_le_total_est_juste", "SQLite"),
    ]
    assert (copie / "src" / "regle.py").read_text() == REGLE


def test_une_faute_que_rien_ne_voit_se_dit(copie):
    inapercue, vue = chercher_plantees(copie, replace(FAUTE, apres="heure <= 13"), AUTRE)

    assert inapercue.dit() == {"trouvee": False}
    assert "PAS TROUVÉE" in inapercue.en_une_ligne()
    assert vue.par


def test_un_test_qui_echoue_aussi_sans_la_faute_ne_la_trouve_pas(copie):
    (copie.parent / "saine" / "src" / "regle.py").write_text(REGLE.replace("<=", "<"))

    assert chercher_plantees(copie, FAUTE) == [Constat(FAUTE)]


def test_un_pytest_qui_ne_joue_rien_n_est_pas_une_faute_inapercue(copie):
    (copie / "tests" / "test_regle.py").write_text("import rien_de_tel\n")

    with pytest.raises(ErreurDeCommande, match="n'a pas pu jouer"):
        chercher_plantees(copie, FAUTE)


@pytest.mark.parametrize("texte", ["rien de tel", "heure <= 12, heure <= 12"])
def test_une_faute_se_plante_a_un_endroit_et_un_seul(texte):
    with pytest.raises(ErreurDeCommande, match="au lieu d'une"):
        FAUTE.plantee_dans(texte)


@pytest.mark.parametrize(
    "rencontree",
    [
        replace(AUTRE, contexte="depots"),
        replace(AUTRE, ou=("tests",)),
        replace(AUTRE, sorte="migration"),
        replace(AUTRE, quartier="socle"),
        replace(AUTRE, ou=("tests/architecture/test_roles.py",)),
    ],
    ids=["même contexte", "mêmes tests", "une migration", "sous tous les autres", "visite tout"],
)
def test_deux_fautes_qui_se_rencontrent_se_plantent_a_part(rencontree):
    assert groupes([FAUTE, rencontree]) == [[FAUTE], [rencontree]]


def test_les_autres_se_plantent_ensemble_et_les_migrations_a_la_fin():
    migration = replace(AUTRE, nom="montant-modifiable", sorte="migration")

    assert groupes([migration, FAUTE, AUTRE]) == [[FAUTE, AUTRE], [migration]]


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
    monkeypatch.setattr(fautes_plantees, "lire_la_liste", lambda: [FAUTE, AUTRE])
    par, vers = 'tests/test_regle.py::test_midi["le midi"]', tmp_path / "trouvees.toml"

    retenir([Constat(FAUTE), Constat(AUTRE, par, "SQLite")], vers)
    retenir([Constat(FAUTE, par, "PostgreSQL")], vers)

    assert tomllib.loads(vers.read_text("utf-8")) == {
        "midi-en-retard": {"trouvee": True, "par": par, "etage": "PostgreSQL"},
        "total-de-rien": {"trouvee": True, "par": par, "etage": "SQLite"},
    }
