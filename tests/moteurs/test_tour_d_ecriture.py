"""SQLite n'a qu'un écrivain : chacun passe à son tour, et personne n'attend au hasard."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Thread

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from beffroi.socle.fondations import ecritures
from beffroi.socle.fondations.tour import en_premier
from config.base_de_donnees import sqlite
from config.sqlite import base
from tests.plateforme import attendre

pytestmark = pytest.mark.django_db
MIDI = datetime(2026, 11, 28, 11, 0, 30, tzinfo=UTC)


@pytest.fixture
def fichier(tmp_path):
    return tmp_path / "essai.sqlite3"


@pytest.fixture
def ouvrir(fichier):
    """Une connexion de plus à la même base, comme un autre fil en aurait une."""
    ouvertes = []

    def ouvrir():
        ouvertes.append(ConnectionHandler({"default": sqlite(fichier)})["default"])
        return ouvertes[-1]

    with ouvrir().cursor() as curseur:
        curseur.execute("CREATE TABLE passage (rang integer)")
    yield ouvrir
    for connexion in ouvertes:
        connexion.inc_thread_sharing()
        connexion.close()


@contextmanager
def transaction(connexion) -> Iterator[None]:
    """Ce que fait `transaction.atomic`, sur une base qui n'est pas celle des essais."""
    connexion.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        yield
        connexion.commit()
    except BaseException:
        connexion.rollback()
        raise
    finally:
        connexion.set_autocommit(True)


def inscrire(connexion, rang):
    with transaction(connexion), connexion.cursor() as curseur:
        curseur.execute("INSERT INTO passage VALUES (%s)", [rang])
    connexion.close()


def passages(connexion):
    with connexion.cursor() as curseur:
        curseur.execute("SELECT rang FROM passage ORDER BY rowid")
        return [rang for (rang,) in curseur.fetchall()]


def test_qui_ecrit_passe_dans_l_ordre_ou_il_est_venu(ouvrir, fichier):
    premiere, tour = ouvrir(), base.tour_de(str(fichier))
    fils = [Thread(target=lambda rang=rang: inscrire(ouvrir(), rang)) for rang in range(20)]
    with transaction(premiere):
        for rang, fil in enumerate(fils, start=1):
            fil.start()
            attendre(lambda rang=rang: tour.attendent() == rang, delai_s=10)
    for fil in fils:
        fil.join()

    assert passages(premiere) == list(range(20))


def test_qui_depose_passe_devant_qui_envoie_encore(ouvrir, fichier):
    premiere, tour = ouvrir(), base.tour_de(str(fichier))

    def deposer():
        with en_premier():
            inscrire(ouvrir(), 99)

    actes = [*(lambda rang=rang: inscrire(ouvrir(), rang) for rang in range(3)), deposer]
    fils = [Thread(target=acte) for acte in actes]
    with transaction(premiere):
        for rang, fil in enumerate(fils, start=1):
            fil.start()
            attendre(lambda rang=rang: tour.attendent() == rang, delai_s=10)
    for fil in fils:
        fil.join()

    assert passages(premiere) == [99, 0, 1, 2]


def test_un_acte_abandonne_rend_son_tour(ouvrir):
    premiere = ouvrir()
    with pytest.raises(ZeroDivisionError), transaction(premiere):
        raise ZeroDivisionError

    inscrire(ouvrir(), 7)
    assert passages(premiere) == [7]


def test_une_connexion_fermee_en_plein_acte_rend_son_tour(ouvrir):
    premiere = ouvrir()
    premiere.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    premiere.close()

    inscrire(ouvrir(), 7)


def test_un_tour_qui_ne_vient_pas_se_dit_comme_une_base_prise(ouvrir, monkeypatch):
    monkeypatch.setattr(base, "ATTENTE_D_UN_TOUR_S", 0.01)
    with transaction(ouvrir()), pytest.raises(OperationalError, match="locked"):
        inscrire(ouvrir(), 7)

    inscrire(ouvrir(), 8)


def test_qui_lit_n_attend_pas_son_tour(ouvrir, monkeypatch):
    monkeypatch.setattr(base, "ATTENTE_D_UN_TOUR_S", 0.01)
    lectrice = ouvrir()
    lectrice.ensure_connection()
    lectrice.transaction_mode = "DEFERRED"
    with transaction(ouvrir()), transaction(lectrice):
        assert passages(lectrice) == []


def test_ce_que_chaque_acte_a_attendu_et_tenu_se_compte(ouvrir, settings, tmp_path, monkeypatch):
    settings.DONNEES = tmp_path
    connexion, instants = ouvrir(), iter((10.0, 10.0, 12.5, 13.75))
    with monkeypatch.context() as horloge:
        horloge.setattr(base, "monotonic", lambda: next(instants))
        horloge.setattr(base, "heure_reelle", lambda: MIDI)
        with transaction(connexion):
            pass

    (minute,) = ecritures.depuis(MIDI.replace(second=0), MIDI.replace(minute=2))
    assert (minute.attente_s, minute.tenue_s, minute.part_pour_cent) == (2.5, 1.25, 3)
