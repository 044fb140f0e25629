from datetime import UTC, datetime

import pytest

from formats import dates

MIDI = datetime(2027, 1, 12, 11, 0, tzinfo=UTC)
INSECABLE = "\N{NO-BREAK SPACE}"


def test_un_instant_se_lit_en_toutes_lettres_a_l_heure_de_paris():
    assert (
        dates.jour_et_heure(MIDI) == f"mardi 12{INSECABLE}janvier 2027 à 12:00:00 (heure de Paris)"
    )


def test_une_milliseconde_est_tronquee_et_jamais_arrondie():
    juste_avant = datetime(2027, 1, 12, 10, 59, 59, 999_999, tzinfo=UTC)

    assert dates.heure_exacte(juste_avant) == "11:59:59,999"
    assert dates.jour_et_heure(juste_avant, exacte=True).endswith("à 11:59:59,999 (heure de Paris)")


def test_a_la_minute_les_secondes_se_taisent():
    assert dates.a_la_minute(datetime(2027, 1, 12, 10, 59, 59, tzinfo=UTC)) == "11:59"


def test_le_premier_du_mois_s_ecrit_premier():
    assert dates.jour(datetime(2027, 5, 1, 12, tzinfo=UTC)) == f"samedi 1er{INSECABLE}mai 2027"


def test_le_jour_est_celui_de_paris_et_non_celui_d_utc():
    assert (
        dates.jour(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
        == f"vendredi 1er{INSECABLE}janvier 2027"
    )


@pytest.mark.parametrize(("heure_utc", "saison"), [(0, "heure d’été"), (1, "heure d’hiver")])
def test_l_heure_qui_existe_deux_fois_dit_sa_saison(heure_utc, saison):
    instant = datetime(2027, 10, 31, heure_utc, 30, tzinfo=UTC)

    assert dates.jour_et_heure(instant).endswith(f"à 02:30:00 (heure de Paris, {saison})")


def test_le_passage_a_l_heure_d_ete_n_est_pas_ambigu():
    assert dates.zone(datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC)) == "heure de Paris"
    assert dates.zone(datetime(2027, 3, 28, 1, 0, tzinfo=UTC)) == "heure de Paris"


def test_l_heure_universelle_se_compare_a_un_jeton():
    assert dates.heure_universelle(MIDI) == "2027-01-12 11:00:00,000 UTC"


@pytest.mark.parametrize(
    "ecrire", [dates.jour_et_heure, dates.heure_universelle, dates.heure, dates.a_la_minute]
)
def test_un_instant_sans_fuseau_est_refuse(ecrire):
    with pytest.raises(ValueError, match="sans fuseau"):
        ecrire(datetime(2027, 1, 12, 12))
