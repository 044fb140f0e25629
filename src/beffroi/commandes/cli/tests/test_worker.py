"""L'ouvrier attend une base qui redémarre, au lieu de mourir avec elle."""

import threading
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from beffroi.commandes.cli import ouvrier, worker
from beffroi.commandes.cli.ouvrier import Ouvrier

COUPEE = OperationalError("terminating connection due to administrator command")


@pytest.fixture
def pas(monkeypatch):
    """Les pas de l'ouvrier : au premier, la base tombe ; au second, on l'arrête."""
    faits, arret = [], threading.Event()

    def avancer(_):
        faits.append(len(faits))
        if len(faits) == 1:
            raise COUPEE
        arret.set()
        return False

    monkeypatch.setattr(Ouvrier, "avancer", avancer)
    monkeypatch.setattr(Ouvrier, "s_arreter", lambda _: faits.append("arrêté"))
    monkeypatch.setattr(worker, "PAUSE_S", 0)
    return SimpleNamespace(faits=faits, arret=arret)


def test_une_base_qui_redemarre_ne_tue_pas_l_ouvrier(pas):
    worker.travailler(pas.arret)

    assert pas.faits == [0, 1, "arrêté"]


def test_qui_ne_travaille_qu_une_fois_dit_que_la_base_ne_repond_pas(pas):
    with pytest.raises(OperationalError):
        worker.travailler(pas.arret, une_fois=True)


def test_une_base_qui_se_tait_ne_fait_pas_lacher_la_tache(monkeypatch):
    rendues = []

    def renouveler(*_, **__):
        raise COUPEE

    monkeypatch.setattr(ouvrier.taches, "renouveler", renouveler)
    monkeypatch.setattr(
        ouvrier, "connection", SimpleNamespace(close=lambda: rendues.append("morte"))
    )

    assert Ouvrier().tient_encore(SimpleNamespace(pk=1))
    assert rendues == ["morte"]
