"""Quand alerter, quand figer, comment résumer : des valeurs nues."""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.service.sonde import rules
from beffroi.service.sonde.rules import Bascule, Part

MIDI = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("suite", "attendue"),
    [
        ([], Bascule.RIEN),
        ([True], Bascule.RIEN),
        ([True, False, False], Bascule.RIEN),
        ([False, False, False], Bascule.PANNE),
        ([True, False, False, False], Bascule.PANNE),
        # Dite au troisième, pas redite au quatrième.
        ([False, False, False, False], Bascule.RIEN),
        ([False, False, True], Bascule.RIEN),
        ([False, False, False, True], Bascule.RETOUR),
        ([False, False, False, True, True], Bascule.RIEN),
    ],
)
def test_trois_echecs_de_suite_se_disent_une_fois_et_le_retour_une_fois(suite, attendue):
    assert rules.bascule(suite) == attendue


@pytest.mark.parametrize(
    ("age", "change", "a_figer"),
    [
        (rules.DUREE_D_UN_LOT - MINUTE, False, False),
        (rules.DUREE_D_UN_LOT, False, True),
        (timedelta(), True, True),
    ],
)
def test_les_mesures_se_figent_a_vingt_minutes_ou_quand_le_resultat_change(age, change, a_figer):
    assert rules.est_a_figer(plus_ancienne=MIDI - age, maintenant=MIDI, change=change) is a_figer


def test_rien_ne_se_fige_quand_rien_n_attend():
    assert not rules.est_a_figer(plus_ancienne=None, maintenant=MIDI, change=True)


@pytest.mark.parametrize(("rang", "valeur"), [(50, 20), (95, 40), (100, 40), (1, 10)])
def test_un_centile_est_une_mesure_faite(rang, valeur):
    assert rules.centile([40, 10, 30, 20], rang) == valeur


def test_sans_mesure_pas_de_centile():
    assert rules.centile([], 50) is None


@pytest.mark.parametrize(
    ("ecart", "marge", "decalee"),
    [
        (1000, 0, False),
        (1001, 0, True),
        (-1001, 0, True),
        (1400, 500, False),
        (1501, 500, True),
        (None, None, False),
    ],
)
def test_une_horloge_est_decalee_au_dela_du_seuil_incertitude_deduite(ecart, marge, decalee):
    assert rules.est_decalee(ecart_ms=ecart, marge_ms=marge, seuil_ms=1000) is decalee


@pytest.mark.parametrize(
    ("reussies", "mesures", "dit"),
    [
        (0, 0, "aucune mesure"),
        (1440, 1440, "100 %"),
        (1439, 1440, "99,93 %"),
        (99_999, 100_000, "99,99 %"),
        (0, 3, "0 %"),
    ],
)
def test_un_seul_echec_ne_laisse_jamais_lire_cent_pour_cent(reussies, mesures, dit):
    assert Part(reussies, mesures).en_clair == dit


def test_le_plus_long_silence_compte_les_bords():
    instants = [MIDI + 2 * MINUTE, MIDI + 3 * MINUTE]

    assert rules.plus_long_silence(instants, debut=MIDI, fin=MIDI + 9 * MINUTE) == 6 * MINUTE
    assert rules.plus_long_silence([], debut=MIDI, fin=MIDI + MINUTE) == MINUTE


def test_la_sonde_tient_dans_les_lignes_que_le_registre_lui_garde():
    """Soixante dépôts, trois écritures de mesures, une purge :
    soixante-quatre lignes par heure (ADR 0039).
    """
    from beffroi.socle.journal import cadence

    heure = timedelta(hours=1)
    lignes = 60 + heure // rules.DUREE_D_UN_LOT + heure // rules.ENTRE_DEUX_PURGES

    assert lignes <= cadence.PAS - cadence.ANCIEN_PAS
