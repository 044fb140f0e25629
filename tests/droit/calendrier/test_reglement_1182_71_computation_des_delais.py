"""Règlement (CEE, Euratom) n° 1182/71, art. 2 et 3 : compter les délais du droit de l'Union.

« Si un délai exprimé en jours (…) est à compter à partir du moment où survient un événement (…),
le jour au cours duquel a lieu cet événement (…) n'est pas compté dans le délai » (§ 1). « Si le
dernier jour d'un délai exprimé autrement qu'en heures est un jour férié, un dimanche ou un
samedi, le délai prend fin à l'expiration de la dernière heure du jour ouvrable suivant » ; non
pour un délai calculé rétroactivement (§ 4). « Tout délai de deux jours ou plus comporte au moins
deux jours ouvrables » (§ 5).
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from droit.calendrier import europe, jours

pytestmark = pytest.mark.article("Règlement (CEE) n° 1182/71", "3")

JOURS = st.dates(date(2019, 1, 1), date(2035, 12, 31))
DUREES = st.integers(0, 60)


def test_le_jour_de_l_envoi_ne_compte_pas():
    assert europe.dernier_jour(date(2027, 3, 1), 30) == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("envoi", "dernier"),
    [
        (date(2027, 3, 5), date(2027, 4, 5)),
        (date(2027, 3, 4), date(2027, 4, 5)),
        (date(2027, 2, 27), date(2027, 3, 30)),
        (date(2027, 4, 6), date(2027, 5, 7)),
    ],
    ids=["dimanche", "samedi", "lundi de Pâques", "Ascension"],
)
def test_un_dernier_jour_chome_reporte_au_jour_ouvrable_suivant(envoi, dernier):
    assert europe.dernier_jour(envoi, 30) == dernier


def test_un_delai_a_rebours_n_est_jamais_reporte():
    assert europe.dernier_jour_avant(date(2027, 3, 12), 6) == date(2027, 3, 6)


@pytest.mark.parametrize(
    ("duree", "dernier"),
    [(1, date(2027, 3, 8)), (2, date(2027, 3, 9)), (4, date(2027, 3, 9)), (5, date(2027, 3, 10))],
)
def test_un_delai_de_deux_jours_a_au_moins_deux_jours_ouvrables(duree, dernier):
    vendredi = date(2027, 3, 5)

    assert europe.dernier_jour(vendredi, duree) == dernier


def test_le_vendredi_saint_reporte_en_moselle_seulement():
    assert europe.dernier_jour(date(2027, 2, 24), 30) == date(2027, 3, 26)
    assert europe.dernier_jour(date(2027, 2, 24), 30, alsace_moselle=True) == date(2027, 3, 30)


@given(JOURS, DUREES, st.booleans())
def test_un_delai_ne_finit_jamais_avant_sa_duree_ni_un_jour_chome(envoi, duree, alsace_moselle):
    dernier = europe.dernier_jour(envoi, duree, alsace_moselle=alsace_moselle)

    assert dernier >= jours.jours_apres(envoi, duree)
    assert duree == 0 or jours.est_ouvre(dernier, alsace_moselle=alsace_moselle)


@given(JOURS, st.integers(2, 60))
def test_tout_delai_de_deux_jours_ou_plus_a_deux_jours_ouvrables(envoi, duree):
    assert jours.jours_ouvres_entre(envoi, europe.dernier_jour(envoi, duree)) >= 2


@given(JOURS, DUREES, st.integers(0, 10))
def test_envoyer_plus_tard_ne_finit_jamais_plus_tot(envoi, duree, retard):
    plus_tard = jours.jours_apres(envoi, retard)

    assert europe.dernier_jour(envoi, duree) <= europe.dernier_jour(plus_tard, duree)
