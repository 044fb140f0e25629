"""Deux nœuds dont les horloges s'écartent : chacun se compare à la base, et cela se lit."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from beffroi.socle.fondations.horloge import heure_reelle
from beffroi.socle.noeuds import horloges, queries, services, taches
from beffroi.socle.noeuds.horloges import Ecart
from beffroi.socle.noeuds.models import HorlogeDuNoeud

pytestmark = pytest.mark.django_db


def decale_de(secondes):
    return time_machine.travel(heure_reelle() + timedelta(seconds=secondes), tick=True)


@pytest.mark.parametrize("secondes", [-3, 0, 3])
@pytest.mark.moteurs
def test_l_ecart_se_mesure_a_l_horloge_de_postgresql(secondes):
    with decale_de(secondes):
        ecart = horloges.ecart_d_ici()

    if connection.vendor == "postgresql":
        assert abs(ecart.ecart_ms - 1000 * secondes) < 500 + ecart.marge_ms
        assert ecart.est_grand is (secondes != 0)
    else:
        assert ecart is None


@pytest.mark.moteurs
def test_un_noeud_de_l_autre_bout_du_temps_ne_passe_pas_pour_absent():
    with decale_de(-7200):
        services.noter_l_horloge(noeud="b", ecart=Ecart(-7_200_000, 3))
    services.noter_l_horloge(noeud="a", ecart=Ecart(2, 1))

    assert queries.horloges() == {"a": (2, 1), "b": (-7_200_000, 3)}


def test_un_noeud_parti_s_oublie():
    services.noter_l_horloge(noeud="b", ecart=Ecart(0, 1))
    HorlogeDuNoeud.objects.update(vue_le=heure_reelle() - timedelta(minutes=3))
    assert queries.horloges() == {}

    HorlogeDuNoeud.objects.update(vue_le=heure_reelle() - timedelta(days=2))
    services.noter_l_horloge(noeud="a", ecart=Ecart(0, 1))
    assert [une.noeud for une in HorlogeDuNoeud.objects.all()] == ["a"]


def test_la_ronde_ne_note_que_ce_qui_se_mesure(monkeypatch):
    monkeypatch.setattr(taches.horloges, "ecart_d_ici", lambda: None)
    taches.relever_l_horloge(heure_reelle())
    assert not HorlogeDuNoeud.objects.exists()

    monkeypatch.setattr(taches.horloges, "ecart_d_ici", lambda: Ecart(12, 1))
    taches.relever_l_horloge(heure_reelle())
    assert HorlogeDuNoeud.objects.get().ecart_ms == 12


@pytest.mark.parametrize(
    ("ecart", "grand"),
    [((999, 0), False), ((1000, 0), True), ((1200, 300), False), ((-1000, 0), True)],
)
def test_ce_que_la_mesure_a_d_incertain_ne_compte_pas(ecart, grand):
    assert Ecart(*ecart).est_grand is grand
