"""Une heure limite est une heure de Paris : elle existe une fois, et une seule.

CCP, annexe 7, art. 2 : l'heure fait foi.
"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from droit.calendrier import avertissements, heures

JOURS = st.dates(date(2019, 1, 1), date(2035, 12, 31))
ANNEES = pytest.mark.parametrize("annee", range(2019, 2036))


def dernier_dimanche(annee: int, mois: int) -> date:
    fin = date(annee, mois, 31)
    return fin - timedelta(days=(fin.weekday() + 1) % 7)


@ANNEES
def test_l_heure_qui_manque_est_refusee_avec_une_phrase(annee):
    decision = heures.heure_utilisable(dernier_dimanche(annee, 3), time(2, 30))

    assert not decision.favorable
    assert "n'existe pas" in decision.motifs[0].texte


@ANNEES
def test_l_heure_qui_existe_deux_fois_est_refusee_avec_une_phrase(annee):
    decision = heures.heure_utilisable(dernier_dimanche(annee, 10), time(2, 30))

    assert not decision.favorable
    assert "existe deux fois" in decision.motifs[0].texte


@pytest.mark.parametrize(
    ("jour", "heure", "utilisable"),
    [
        (date(2027, 3, 28), time(1, 59, 59), True),
        (date(2027, 3, 28), time(2, 0), False),
        (date(2027, 3, 28), time(2, 59, 59), False),
        (date(2027, 3, 28), time(3, 0), True),
        (date(2027, 10, 31), time(1, 59, 59), True),
        (date(2027, 10, 31), time(2, 0), False),
        (date(2027, 10, 31), time(2, 59, 59), False),
        (date(2027, 10, 31), time(3, 0), True),
    ],
)
def test_le_refus_commence_et_finit_a_la_seconde(jour, heure, utilisable):
    assert heures.heure_utilisable(jour, heure).favorable is utilisable


@given(JOURS, st.times())
def test_une_heure_utilisable_revient_la_meme_apres_conversion(jour, heure):
    instant = heures.instant_de_paris(jour, heure)

    revenue = instant.astimezone(heures.PARIS).replace(tzinfo=None)
    assert (revenue == datetime.combine(jour, heure)) or not heures.heure_utilisable(
        jour, heure
    ).favorable


def test_les_heures_proposees_s_etalent():
    prises: list[time] = []
    for _ in range(4):
        prises.append(heures.heure_la_moins_chargee(prises))

    assert prises == [time(14), time(11), time(16), time(14)]


@pytest.mark.parametrize(
    ("jour", "heure", "mot"),
    [
        (date(2027, 1, 11), time(13, 59), "lundi avant 14 h"),
        (date(2027, 1, 15), time(16), "vendredi après 16 h"),
        (date(2027, 1, 16), time(12), "week-end"),
        (date(2027, 5, 6), time(12), "jour férié : le jeudi de l'Ascension"),
        (date(2027, 5, 5), time(12), "veille d'un jour férié : le jeudi de l'Ascension"),
        (date(2026, 12, 24), time(12), "fin d'année"),
        (date(2027, 1, 2), time(12), "fin d'année"),
        (date(2027, 8, 2), time(14), "août"),
        (date(2027, 8, 31), time(14), "août"),
    ],
)
def test_un_moment_difficile_se_dit(jour, heure, mot):
    motifs = avertissements.avertissements_de_l_heure_limite(heures.instant_de_paris(jour, heure))

    assert any(mot in motif.texte for motif in motifs)


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2027, 1, 11, 13, tzinfo=UTC),
        datetime(2027, 1, 15, 14, 59, tzinfo=UTC),
        datetime(2026, 12, 23, 13, tzinfo=UTC),
        datetime(2028, 1, 3, 13, tzinfo=UTC),
        datetime(2027, 9, 1, 12, tzinfo=UTC),
        datetime(2027, 3, 25, 13, tzinfo=UTC),
    ],
    ids=[
        "lundi 14 h",
        "vendredi 15 h 59",
        "23 décembre",
        "3 janvier",
        "1er septembre",
        "veille du Vendredi saint",
    ],
)
def test_juste_a_cote_il_n_y_a_rien_a_dire(instant):
    assert avertissements.avertissements_de_l_heure_limite(instant) == ()


def test_la_veille_du_vendredi_saint_se_dit_en_moselle():
    motifs = avertissements.avertissements_de_l_heure_limite(
        datetime(2027, 3, 25, 13, tzinfo=UTC), alsace_moselle=True
    )

    assert [motif.texte for motif in motifs] == [
        "L'heure limite tombe la veille d'un jour férié : le Vendredi saint."
    ]
