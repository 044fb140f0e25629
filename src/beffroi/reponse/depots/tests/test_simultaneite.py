"""Tout le monde à la fois, sur les deux moteurs :
rien de perdu, rien en double, un ordre sans trou.
"""

import json

import pytest

from tests.serveurs.modele import recopier_en_sqlite
from tests.serveurs.postgresql import PostgresqlAbsent, postgresql
from tests.serveurs.tempete import lancer

TEMPETE = "beffroi.reponse.depots.tests.tempete"


@pytest.fixture(scope="module")
def serveur_postgresql():
    try:
        with postgresql() as adresse:
            yield adresse
    except PostgresqlAbsent as absent:
        pytest.skip(str(absent))


@pytest.fixture(params=["sqlite", "postgresql"])
def tempete(request, tmp_path):
    """Joue une tempête dans un processus à part, sur une base vide."""
    if request.param == "sqlite":
        adresse = ""
        recopier_en_sqlite(tmp_path / "beffroi.sqlite3").close()
    else:
        adresse = base_neuve(request.getfixturevalue("serveur_postgresql"), tmp_path)

    def jouer(jeu: str, nombre: int) -> dict:
        bilan = json.loads(lancer(TEMPETE, (jeu, nombre), base=adresse, dossier=tmp_path))
        assert bilan["moteur"] == request.param
        return bilan

    return jouer


def base_neuve(adresse: str, tmp_path) -> str:
    import psycopg

    nom = f"tempete_{tmp_path.name.replace('-', '_')}".lower()[-60:]
    with psycopg.connect(adresse, autocommit=True) as connexion:
        connexion.execute(f'CREATE DATABASE "{nom}"')
    return adresse.rsplit("/", 1)[0] + f"/{nom}"


def test_cinquante_fois_la_meme_cle_font_un_seul_depot(tempete):
    bilan = tempete("cle", 50)

    assert set(bilan["resultats"]) == set(bilan["plis"])
    assert (len(bilan["plis"]), bilan["courriels"], bilan["depots_au_journal"]) == (1, 1, 1)


def test_trente_entreprises_ensemble_font_trente_depots_qui_se_suivent(tempete):
    bilan = tempete("entreprises", 30)

    assert sorted(bilan["resultats"]) == bilan["plis"]
    assert len(set(bilan["plis"])) == 30
    assert (bilan["courriels"], bilan["depots_au_journal"]) == (30, 30)
    assert bilan["numeros_sans_trou"]
    assert bilan["tete"] == bilan["ecritures"]


def test_un_report_accorde_pendant_les_depots_laisse_chacun_coherent(tempete):
    bilan = tempete("report", 20)

    assert len(bilan["plis"]) == 20, bilan["resultats"]
    assert bilan["coherents"]


def test_un_registre_relu_pendant_qu_on_y_ecrit_reste_intact_et_ne_retient_personne(tempete):
    bilan = tempete("relecture", 10)

    assert bilan["resultats"] == []
    assert len(bilan["plis"]) == 11
