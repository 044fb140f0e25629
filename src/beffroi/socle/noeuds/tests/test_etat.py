"""Un nœud dit s'il peut servir, et ce qui lui manque."""

from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError

from beffroi.socle.fondations.stockage import StockageEnPanne, local
from beffroi.socle.journal.tests.test_services import MIDI
from beffroi.socle.noeuds import etat, queries, services
from beffroi.socle.noeuds.horloges import Ecart

pytestmark = pytest.mark.django_db
TOUT = {"pret": True, "base": True, "migrations": True, "cles": True, "stockage": True}


@pytest.fixture(autouse=True)
def a_midi(monkeypatch):
    """L'heure s'arrête ici, et non dans PostgreSQL : l'horloge se mesure à part."""
    monkeypatch.setattr(etat.horloges, "ecart_d_ici", lambda: None)
    with time_machine.travel(MIDI, tick=False):
        yield


@pytest.fixture
def ouvrier():
    services.noter_l_ouvrier(le=MIDI)


def en_panne(erreur):
    def lever(*_, **__):
        raise erreur

    return lever


def test_la_sante_ne_demande_rien_a_la_base(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        reponse = client.get("/sante")

    assert reponse.status_code == 200 and "no-store" in reponse["Cache-Control"]


def test_tout_repond(client, ouvrier):
    reponse = client.get("/pret")

    assert reponse.status_code == 200
    assert reponse.json() == {**TOUT, "ouvrier": True, "horloge": True}


@pytest.mark.parametrize(
    ("ou", "quoi", "erreur", "manque"),
    [
        (etat.connection, "cursor", OperationalError("arrêtée"), "base"),
        (queries, "etrangeres", OperationalError("arrêtée"), "cles"),
        (etat, "stockage", StockageEnPanne("hors service"), "stockage"),
    ],
)
def test_ce_qui_manque_se_nomme_et_ferme_le_noeud(
    client, ouvrier, monkeypatch, ou, quoi, erreur, manque
):
    monkeypatch.setattr(ou, quoi, en_panne(erreur))
    reponse = client.get("/pret")

    assert reponse.status_code == 503 and reponse["Retry-After"] == "5"
    assert reponse.json()["pret"] is False and reponse.json()[manque] is False


def test_d_autres_cles_ferment_le_noeud(client, ouvrier, monkeypatch):
    monkeypatch.setattr(queries, "etrangeres", lambda: iter(["registre"]))

    assert client.get("/pret").json()["cles"] is False


def test_une_base_d_avant_ferme_le_noeud(monkeypatch):
    monkeypatch.setattr(etat.MigrationExecutor, "migration_plan", lambda *_: ["0002_suite"])

    assert etat._Migrations()() is False


def test_un_disque_ou_l_on_n_ecrit_plus_ferme_le_noeud(client, ouvrier, monkeypatch):
    monkeypatch.setattr(local.os, "access", lambda *_: False)

    assert client.get("/pret").json()["stockage"] is False


@pytest.mark.moteurs
def test_un_ouvrier_absent_se_dit_et_ne_ferme_rien(client):
    assert client.get("/pret").json() == {**TOUT, "ouvrier": False, "horloge": True}
    services.noter_l_ouvrier(le=MIDI - timedelta(seconds=59))
    assert client.get("/pret").json()["ouvrier"] is True
    services.noter_l_ouvrier(le=MIDI - timedelta(seconds=61))
    reponse = client.get("/pret")
    assert reponse.status_code == 200 and reponse.json()["ouvrier"] is False


def test_une_horloge_decalee_se_dit_et_ne_ferme_rien(client, ouvrier, monkeypatch):
    monkeypatch.setattr(etat.horloges, "ecart_d_ici", lambda: Ecart(3000, 4))
    reponse = client.get("/pret")

    assert reponse.status_code == 200
    assert reponse.json() == {**TOUT, "ouvrier": True, "horloge": False}
