"""Compter : jours du calendrier, de date à date, jours francs, jours ouvrés.

Propriétés de 2019 à 2035.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from droit.calendrier import jours

JOURS = st.dates(date(2019, 1, 1), date(2035, 12, 31))


@given(JOURS, st.integers(-400, 400))
def test_ajouter_puis_compter_rend_le_nombre(jour, nombre):
    assert jours.jours_entre(jour, jours.jours_apres(jour, nombre)) == nombre
    assert jours.jours_avant(jours.jours_apres(jour, nombre), nombre) == jour


@pytest.mark.parametrize(
    ("depart", "mois", "arrivee"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 2, 28), 1, date(2027, 3, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2027, 1, 15), -12, date(2026, 1, 15)),
        (date(2027, 12, 31), 0, date(2027, 12, 31)),
    ],
)
def test_de_date_a_date_le_quantieme_absent_donne_la_fin_du_mois(depart, mois, arrivee):
    assert jours.mois_apres(depart, mois) == arrivee


def test_un_an_apres_un_29_fevrier_est_un_28():
    assert jours.annees_apres(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert jours.annees_apres(date(2028, 2, 29), 4) == date(2032, 2, 29)


@given(JOURS, st.integers(0, 60), st.integers(0, 40))
def test_de_date_a_date_ne_recule_jamais(jour, mois, ecart):
    assert jours.mois_apres(jour, mois) <= jours.mois_apres(jours.jours_apres(jour, ecart), mois)


@given(JOURS, st.integers(-60, 60))
def test_de_date_a_date_garde_le_quantieme_ou_prend_la_fin_du_mois(jour, mois):
    arrivee = jours.mois_apres(jour, mois)

    fin_de_mois = (arrivee + timedelta(days=1)).day == 1
    assert arrivee.day == jour.day or (arrivee.day < jour.day and fin_de_mois)


def test_trois_jours_francs_laissent_trois_jours_entiers():
    lundi, vendredi = date(2027, 3, 1), date(2027, 3, 5)

    assert jours.jours_francs_apres(lundi, 3) == vendredi
    assert jours.jours_francs_avant(vendredi, 3) == lundi
    assert jours.jours_francs_entre(lundi, vendredi) == 3


def test_la_veille_et_le_jour_meme_ne_laissent_aucun_jour_franc():
    assert jours.jours_francs_entre(date(2027, 3, 1), date(2027, 3, 2)) == 0
    assert jours.jours_francs_entre(date(2027, 3, 1), date(2027, 3, 1)) == 0


@given(JOURS, st.integers(0, 120))
def test_les_jours_francs_ajoutes_se_recomptent(jour, nombre):
    assert jours.jours_francs_entre(jour, jours.jours_francs_apres(jour, nombre)) == nombre
    assert jours.jours_francs_avant(jours.jours_francs_apres(jour, nombre), nombre) == jour


def test_le_samedi_est_ouvrable_et_n_est_pas_ouvre():
    samedi, dimanche = date(2027, 3, 6), date(2027, 3, 7)

    assert (jours.est_ouvrable(samedi), jours.est_ouvre(samedi)) == (True, False)
    assert (jours.est_ouvrable(dimanche), jours.est_ouvre(dimanche)) == (False, False)


def test_un_jour_ferie_n_est_ni_ouvrable_ni_ouvre():
    fete_nationale = date(2027, 7, 14)

    assert (jours.est_ouvrable(fete_nationale), jours.est_ouvre(fete_nationale)) == (False, False)


def test_deux_jours_ouvres_apres_un_vendredi_font_un_mardi():
    assert jours.jours_ouvres_apres(date(2027, 3, 5), 2) == date(2027, 3, 9)


def test_un_nombre_negatif_de_jours_ouvres_est_refuse():
    with pytest.raises(ValueError, match="positif"):
        jours.jours_ouvres_apres(date(2027, 3, 5), -1)


@given(JOURS, st.integers(1, 40), st.booleans())
def test_les_jours_ouvres_ajoutes_se_recomptent(jour, nombre, alsace_moselle):
    arrivee = jours.jours_ouvres_apres(jour, nombre, alsace_moselle=alsace_moselle)

    assert jours.jours_ouvres_entre(jour, arrivee, alsace_moselle=alsace_moselle) == nombre
    assert jours.est_ouvre(arrivee, alsace_moselle=alsace_moselle)


def test_compter_a_l_envers_ne_trouve_aucun_jour_ouvre():
    assert jours.jours_ouvres_entre(date(2027, 3, 9), date(2027, 3, 5)) == 0


def test_un_jour_ouvre_n_est_pas_reporte():
    assert jours.premier_jour_ouvre(date(2027, 3, 8)) == date(2027, 3, 8)
