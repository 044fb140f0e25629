"""Combien de courriels sans confirmation, et quand part le résumé."""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.personnes.abonnements.rules import dernier_resume, peut_ecrire

MIDI = datetime(2026, 5, 12, 12, tzinfo=UTC)


def il_y_a(**duree):
    return MIDI - timedelta(**duree)


@pytest.mark.parametrize(
    ("ecrits", "ce_sujet", "permis"),
    [
        ([], [], True),
        ([il_y_a(hours=1)] * 4, [], True),
        ([il_y_a(hours=1)] * 5, [], False),
        ([il_y_a(hours=25)] * 50, [], True),
        ([il_y_a(minutes=9)], [il_y_a(minutes=9)], False),
        ([il_y_a(minutes=11)], [il_y_a(minutes=11)], True),
    ],
)
def test_cinq_courriels_par_jour_et_un_par_sujet_toutes_les_dix_minutes(ecrits, ce_sujet, permis):
    assert peut_ecrire(ecrits=ecrits, ce_sujet=ce_sujet, maintenant=MIDI) is permis


@pytest.mark.parametrize(
    ("maintenant", "du"),
    [
        (datetime(2026, 5, 12, 5, 59, tzinfo=UTC), datetime(2026, 5, 11, 6, tzinfo=UTC)),
        (datetime(2026, 5, 12, 6, 0, tzinfo=UTC), datetime(2026, 5, 12, 6, tzinfo=UTC)),
        (datetime(2026, 12, 12, 6, 30, tzinfo=UTC), datetime(2026, 12, 11, 7, tzinfo=UTC)),
    ],
)
def test_le_resume_part_a_huit_heures_de_paris(maintenant, du):
    assert dernier_resume(maintenant) == du
