"""La commande de la sonde : un passage à chaque minute ronde, jusqu'à ce qu'on l'arrête."""

from argparse import Namespace
from datetime import UTC, datetime, timedelta

import pytest

from beffroi.integrations.sonde import commande
from beffroi.socle.fondations import horloge

MIDI = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(("passees", "reste"), [(0, 60), (10, 50), (59.5, 0.5)])
def test_le_prochain_passage_tombe_a_la_minute_ronde(passees, reste, monkeypatch, settings):
    settings.SONDE = {**settings.SONDE, "periode_s": 60}
    monkeypatch.setattr(horloge, "heure_reelle", lambda: MIDI + timedelta(seconds=passees))

    assert commande.avant_le_prochain() == pytest.approx(reste)


class ArretApres:
    """Un arrêt demandé après tant d'attentes ; ce qui a été attendu se lit."""

    def __init__(self, passages: int) -> None:
        self.passages, self.attentes = passages, []

    def wait(self, secondes: float) -> bool:
        self.attentes.append(secondes)
        return len(self.attentes) > self.passages


@pytest.mark.django_db
def test_elle_depose_a_chaque_pas_et_un_echec_ne_l_arrete_pas(monkeypatch):
    arret, passages = ArretApres(3), []
    monkeypatch.setattr(commande.threading, "Event", lambda: arret)
    monkeypatch.setattr(commande.signal, "signal", lambda *_: None)
    monkeypatch.setattr(commande, "preparer_django", lambda: None)
    monkeypatch.setattr(commande, "avant_le_prochain", lambda: 60.0)
    monkeypatch.setattr(commande, "rapporter", lambda: passages.append("échec") or 1)

    assert commande.executer(Namespace(une_fois=False)) == 0
    assert (len(passages), arret.attentes) == (3, [60.0] * 4)
