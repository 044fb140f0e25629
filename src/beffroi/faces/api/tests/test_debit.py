"""Freiner un programme qui s'emballe, sans toucher à qui dépose ni à une ville entière."""

import pytest
from django.urls import reverse

from beffroi.faces.api import public
from beffroi.faces.api.debit import ADRESSES_SUIVIES, LECTURES_DE_SUITE, LECTURES_PAR_SECONDE, Debit


class Horloge:
    def __init__(self):
        self.instant = 0.0

    def __call__(self):
        return self.instant


@pytest.fixture
def horloge():
    return Horloge()


@pytest.fixture
def debit(horloge):
    return Debit(horloge=horloge)


@pytest.fixture
def epuise(monkeypatch, horloge):
    """Cette machine a tout lu d'un coup."""
    debit = Debit(horloge=horloge)
    for _ in range(LECTURES_DE_SUITE):
        debit.prendre("127.0.0.1")
    monkeypatch.setattr(public.FREIN, "debit", debit)


def test_six_cents_lectures_passent_puis_la_suivante_attend(debit):
    assert {debit.prendre("a") for _ in range(LECTURES_DE_SUITE)} == {0}
    assert debit.prendre("a") == 1


def test_un_demandeur_ne_prend_rien_a_un_autre(debit):
    for _ in range(LECTURES_DE_SUITE + 1):
        debit.prendre("a")

    assert debit.prendre("b") == 0


def test_le_seau_se_remplit_avec_le_temps_et_ne_deborde_pas(debit, horloge):
    for _ in range(LECTURES_DE_SUITE):
        debit.prendre("a")
    horloge.instant = 1.0
    assert [debit.prendre("a") for _ in range(LECTURES_PAR_SECONDE)] == [0] * LECTURES_PAR_SECONDE
    assert debit.prendre("a") == 1

    horloge.instant = 1e9
    assert [debit.prendre("a") for _ in range(LECTURES_DE_SUITE)] == [0] * LECTURES_DE_SUITE
    assert debit.prendre("a") == 1


def test_la_memoire_est_bornee(debit):
    for rang in range(ADRESSES_SUIVIES + 500):
        debit.prendre(str(rang))

    assert len(debit._seaux) == ADRESSES_SUIVIES


def test_l_api_dit_combien_attendre(epuise, client, db):
    reponse = client.get("/api/v1/changements")

    assert reponse.status_code == 429
    assert reponse["Retry-After"] == "1"
    assert reponse["Content-Type"] == "application/problem+json"
    assert "Retry-After" in reponse.json()["detail"]


def test_le_frein_ne_touche_ni_le_depot_ni_les_pages(epuise, client, db):
    depot = client.post(
        reverse("api-1:deposer", args=("R-22222222",)), {}, content_type="application/json"
    )

    assert depot.status_code == 401
    assert client.get("/consultations/").status_code == 200
    assert client.get("/donnees/consultations.json").status_code == 200
