"""Ce que les pages disent d'une consultation : les jours qui restent."""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.achat.consultations.queries.presentation import quand, reste

SOIR = datetime(2026, 11, 26, 17, 51, tzinfo=UTC)  # 18 h 51 à Paris


@pytest.mark.parametrize(
    ("instant", "dit"),
    [
        (SOIR - timedelta(days=1), "passé"),
        (SOIR + timedelta(hours=2), "aujourd'hui"),
        (SOIR + timedelta(hours=17), "demain"),
        (SOIR + timedelta(days=1, hours=17), "après-demain"),
        (SOIR + timedelta(days=2, hours=17), "dans 2 jours"),
    ],
)
def test_un_instant_se_situe_en_jours(instant, dit):
    assert quand(instant, SOIR) == dit


def test_le_calendrier_et_le_decompte_de_la_meme_page_donnent_le_meme_nombre_de_jours():
    limite = datetime(2027, 1, 7, 11, 0, tzinfo=UTC)

    assert quand(limite, SOIR) == "dans 41 jours"
    assert reste(limite - SOIR) == "41 jours restants"
