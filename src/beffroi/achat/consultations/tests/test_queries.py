"""Lire une consultation : ce qui en reste une fois lu."""

import pytest

from beffroi.achat.consultations.queries import lots_lus

pytestmark = pytest.mark.django_db


def test_lire_les_lots_ne_laisse_rien_de_perime_sur_la_consultation(scene):
    consultation = scene.brouillon()
    consultation.lots.create(numero=1, intitule="Couverture")
    assert [lot.numero for lot in lots_lus(consultation)] == [1]

    consultation.lots.create(numero=2, intitule="Charpente")

    assert [lot.numero for lot in consultation.lots.all()] == [1, 2]
