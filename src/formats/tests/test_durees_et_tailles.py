from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats import durees, tailles
from formats.dates import PARIS


@pytest.mark.parametrize(
    ("duree", "lue"),
    [
        (timedelta(minutes=1, seconds=52, milliseconds=588), "1 min 52 s"),
        (timedelta(days=4, hours=1, minutes=33, seconds=59), "4 jours, 1 h et 33 min"),
        (timedelta(days=1), "1 jour"),
        (timedelta(days=2, minutes=5), "2 jours et 5 min"),
        (timedelta(hours=1, minutes=33), "1 h 33 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(minutes=2), "2 min"),
        (timedelta(seconds=12), "12 s"),
        (timedelta(milliseconds=412), "0,412 s"),
        (timedelta(microseconds=1), "moins de 0,001 s"),
        (timedelta(0), "0 s"),
        (-timedelta(minutes=1, seconds=52), "1 min 52 s"),
    ],
)
def test_une_duree_se_dit_a_la_precision_utile(duree, lue):
    assert durees.humaniser(duree).replace("\N{NO-BREAK SPACE}", " ") == lue


def test_un_ecart_compte_l_heure_ajoutee_a_l_automne():
    veille, lendemain = (
        datetime(2027, 10, 30, 12, tzinfo=PARIS),
        datetime(2027, 10, 31, 12, tzinfo=PARIS),
    )

    assert durees.ecart(depuis=veille, jusqu_a=lendemain) == timedelta(hours=25)


@pytest.mark.parametrize(
    ("octets", "lue"),
    [
        (0, "0 octet"),
        (999, "999 octets"),
        (1_000, "1 ko"),
        (1_499, "1 ko"),
        (1_500, "2 ko"),
        (412_345, "412 ko"),
        (999_499, "999 ko"),
        (999_500, "1 Mo"),
        (1_234_567, "1,2 Mo"),
        (86_500_000, "86,5 Mo"),
        (999_950_000, "1 Go"),
        (20_000_000_000, "20 Go"),
        (10**15, "1 000 To"),
    ],
)
def test_une_taille_s_ecrit_en_unites_decimales(octets, lue):
    assert tailles.humaniser(octets).replace("\N{NO-BREAK SPACE}", " ") == lue


def test_une_taille_negative_est_refusee():
    with pytest.raises(ValueError, match="négative"):
        tailles.humaniser(-1)


@given(st.integers(min_value=0, max_value=10**14))
def test_une_taille_ne_se_coupe_jamais_en_fin_de_ligne(octets):
    assert " " not in tailles.humaniser(octets)
