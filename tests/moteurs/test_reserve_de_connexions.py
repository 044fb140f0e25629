"""Un serveur SQLite se prête ses connexions d'une demande à la suivante, d'un fil à l'autre."""

import os
from threading import Thread

import pytest
from django.db.utils import ConnectionHandler

from config.base_de_donnees import sqlite
from config.sqlite import reserve
from config.sqlite.base import DatabaseWrapper
from config.sqlite.reserve import Reserve

pytestmark = pytest.mark.django_db


@pytest.fixture
def fichier(tmp_path):
    return tmp_path / "essai.sqlite3"


@pytest.fixture
def en_servant(monkeypatch):
    monkeypatch.setattr(DatabaseWrapper, "reserve", Reserve())
    yield DatabaseWrapper.reserve
    DatabaseWrapper.reserve.vider()


@pytest.fixture
def demander(fichier):
    """Ce qu'un fil neuf fait d'une demande : ouvrir, lire, rendre. Sa connexion, et la ligne."""

    def faire(requete="SELECT 1"):
        connexion = ConnectionHandler({"default": sqlite(fichier)})["default"]
        with connexion.cursor() as curseur:
            ligne = curseur.execute(requete).fetchone()
        ouverte = connexion.connection
        connexion.close_if_unusable_or_obsolete()
        return ouverte, ligne

    def dans_un_fil(*requete):
        rendus = []
        fil = Thread(target=lambda: rendus.append(faire(*requete)))
        fil.start()
        fil.join()
        return rendus[0]

    return dans_un_fil


def est_fermee(connexion):
    try:
        connexion.execute("SELECT 1")
    except reserve.sqlite3.ProgrammingError:
        return True
    return False


def test_le_fil_suivant_prend_la_connexion_rendue(en_servant, demander):
    premiere, _ = demander()
    seconde, _ = demander()

    assert seconde is premiere


def test_hors_d_un_serveur_chaque_fil_ouvre_la_sienne(demander):
    assert DatabaseWrapper.reserve is None
    premiere, _ = demander()
    seconde, _ = demander()

    assert seconde is not premiere


def test_une_transaction_laissee_ouverte_ne_passe_a_personne(en_servant, demander):
    demander("CREATE TABLE passage (rang integer)")
    premiere, _ = demander("BEGIN IMMEDIATE")

    assert est_fermee(premiere)
    assert demander("SELECT count(*) FROM passage")[1] == (0,)


def test_une_connexion_trop_ancienne_se_ferme(en_servant, demander, monkeypatch):
    monkeypatch.setattr(reserve, "AGE_S", -1.0)
    premiere, _ = demander()
    seconde, _ = demander()

    assert seconde is not premiere
    assert est_fermee(premiere)


def test_il_n_en_reste_que_quelques_unes(en_servant, demander, fichier, monkeypatch):
    monkeypatch.setattr(reserve, "GARDEES", 1)
    ouvrir = lambda: reserve.sqlite3.connect(fichier, check_same_thread=False)  # noqa: E731
    prises = [en_servant.prendre(str(fichier), ouvrir) for _ in range(3)]
    for une in prises:
        en_servant.rendre(une)

    assert [est_fermee(une.connexion) for une in prises] == [False, True, True]


def test_rien_ne_passe_a_une_copie_du_processus(en_servant, demander):
    gardee, _ = demander()

    copie = os.fork()
    if not copie:
        os._exit(0)
    os.waitpid(copie, 0)

    assert est_fermee(gardee)
