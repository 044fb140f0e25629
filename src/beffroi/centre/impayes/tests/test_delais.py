"""Compter les jours d'un impayé : sur tous les jours de trente ans, avec ou sans contestation."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.centre.impayes.rules.delais import Arret, arret_en_cours, jour_atteint, lendemain

JOURS = [date(2024, 1, 1) + timedelta(days=rang) for rang in range(366 * 30)]
jours = st.dates(date(2024, 1, 1), date(2054, 1, 1))
delais = st.integers(1, 120)


@st.composite
def des_arrets(tirer):
    """Zéro à quatre arrêts finis, qui peuvent se chevaucher."""
    debuts = tirer(st.lists(jours, max_size=4))
    return tuple(Arret(du, du + timedelta(days=tirer(st.integers(0, 60)))) for du in debuts)


def test_sans_contestation_trente_jours_sont_trente_jours_chaque_jour_du_calendrier():
    assert [jour_atteint(jour, 30) for jour in JOURS] == [
        jour + timedelta(days=30) for jour in JOURS
    ]


@given(depart=jours, delai=delais, arrets=des_arrets())
def test_un_delai_compte_exactement_ses_jours_hors_de_tout_arret(depart, delai, arrets):
    fin = jour_atteint(depart, delai, arrets)

    ecoules = (depart + timedelta(days=rang) for rang in range(1, (fin - depart).days + 1))
    assert sum(arret_en_cours(arrets, jour) is None for jour in ecoules) == delai
    assert arret_en_cours(arrets, fin) is None


@given(depart=jours, delai=delais, arrets=des_arrets())
def test_une_contestation_ne_raccourcit_jamais_un_delai(depart, delai, arrets):
    assert jour_atteint(depart, delai, arrets) >= jour_atteint(depart, delai)


@given(depart=jours, delai=delais, rang=st.integers(1, 120))
def test_une_contestation_sans_reponse_retient_le_delai_qu_elle_trouve_en_cours(
    depart, delai, rang
):
    ouverte = Arret(depart + timedelta(days=rang), None)

    assert (jour_atteint(depart, delai, (ouverte,)) is None) == (rang <= delai)


def test_le_jour_de_la_reponse_compte_de_nouveau():
    arret = Arret(date(2027, 3, 10), date(2027, 3, 20))

    assert [arret.couvre(date(2027, 3, jour)) for jour in (9, 10, 19, 20)] == [
        False,
        True,
        True,
        False,
    ]


def test_contestee_et_repondue_le_meme_jour_n_arrete_rien():
    arret = Arret(date(2027, 3, 10), date(2027, 3, 10))

    assert jour_atteint(date(2027, 3, 1), 30, (arret,)) == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [(date(2028, 2, 28), date(2028, 2, 29)), (date(2027, 12, 31), date(2028, 1, 1)), (None, None)],
)
def test_on_agit_le_lendemain_du_dernier_jour(jour, attendu):
    assert lendemain(jour) == attendu
