"""Chaque nœud dit la version qu'il sert ; une version trop ancienne ne démarre pas."""

from datetime import timedelta

import pytest

from beffroi.socle.journal.tests.test_services import MIDI
from beffroi.socle.noeuds import queries, services
from beffroi.socle.noeuds.models import MiseAJour, NoeudVu
from beffroi.socle.noeuds.rules import Passage, peut_servir

UNE_MINUTE = timedelta(minutes=1)


@pytest.fixture
def version(monkeypatch):
    """`version("0.2.0")` : le logiciel d'ici est celui-là."""

    def etre(numero):
        monkeypatch.setattr(services, "numero_de_version", lambda: numero)

    return etre


@pytest.mark.parametrize(
    ("ici", "passages", "favorable"),
    [
        ("0.2.0", [], True),
        ("0.2.0", [Passage("0.2.0", True)], True),
        ("0.3.0", [Passage("0.2.0", True)], True),
        ("0.2.0", [Passage("0.2.0", True), Passage("0.3.0", False)], True),
        ("0.2.0", [Passage("0.3.0", True)], False),
        ("0.2.0", [Passage("0.3.0", False), Passage("0.4.0", False)], False),
        ("0.9.0", [Passage("0.10.0", True)], False),
    ],
)
def test_la_version_d_avant_sert_encore_celle_d_avant_encore_non(ici, passages, favorable):
    assert peut_servir(ici, passages=passages).favorable is favorable


@pytest.mark.django_db
@pytest.mark.moteurs
def test_un_noeud_dit_sa_version_a_chaque_ronde_et_se_tait_une_fois_arrete(version):
    version("0.2.0")
    services.dire_sa_version(MIDI - UNE_MINUTE)
    version("0.3.0")
    services.dire_sa_version(MIDI)
    services.dire_sa_version(MIDI)

    assert [vu.version for vu in queries.noeuds_vus(le=MIDI)] == ["0.3.0"]
    assert [vu.version for vu in queries.noeuds_vus(le=MIDI - UNE_MINUTE)] == ["0.2.0", "0.3.0"]


@pytest.mark.django_db
def test_un_noeud_retire_s_oublie_le_lendemain():
    services.dire_sa_version(MIDI)
    NoeudVu.objects.update(noeud="retire")

    services.dire_sa_version(MIDI + timedelta(days=1, seconds=1))

    assert not NoeudVu.objects.filter(noeud="retire").exists()


@pytest.mark.django_db
@pytest.mark.moteurs
def test_une_mise_a_jour_reprise_garde_qu_elle_demandait_un_arret(version):
    version("0.3.0")
    services.noter_la_mise_a_jour(a_l_arret=False, le=MIDI)
    services.noter_la_mise_a_jour(a_l_arret=True, le=MIDI)
    services.noter_la_mise_a_jour(a_l_arret=False, le=MIDI)

    (faite,) = MiseAJour.objects.filter(version="0.3.0")
    assert faite.a_l_arret
