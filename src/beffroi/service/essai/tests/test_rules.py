"""Ce que chaque mesure veut dire."""

from dataclasses import replace

import pytest

from beffroi.service.essai import rules
from beffroi.service.essai.rules import Mesures

MINIMUMS = (("Firefox", 140), ("Chrome", 133))
BON = Mesures(
    navigateur="Firefox",
    version=140,
    outils=True,
    scellement_ms=850,
    reserve=True,
    place_libre=40_000_000_000,
    octets_revenus=5_002_867,
    debit=2_000_000,
    ecart_ms=-180,
)


def verdict(code: str, **change):
    verdicts = rules.juger(replace(BON, **change), minimums=MINIMUMS)
    return next(verdict for verdict in verdicts if verdict.code == code)


def test_un_bon_poste_peut_deposer_sans_reserve():
    verdicts = rules.juger(BON, minimums=MINIMUMS)

    assert rules.ton_d_ensemble(verdicts) == rules.OK
    assert [verdict.code for verdict in verdicts] == [controle.code for controle in rules.CONTROLES]


@pytest.mark.parametrize(
    ("code", "change", "ton"),
    [
        ("navigateur", {"version": 139}, rules.ATTENTION),
        ("navigateur", {"navigateur": ""}, rules.ATTENTION),
        ("outils", {"outils": False}, rules.DANGER),
        ("scellement", {"scellement_ms": None}, rules.DANGER),
        ("stockage", {"reserve": False}, rules.ATTENTION),
        ("stockage", {"place_libre": 99_999_999}, rules.ATTENTION),
        ("stockage", {"place_libre": None}, rules.OK),
        ("aller_retour", {"octets_revenus": None}, rules.ATTENTION),
        ("debit", {"debit": 49_999}, rules.ATTENTION),
        ("debit", {"debit": 50_000}, rules.OK),
        ("debit", {"debit": None}, rules.INCONNU),
        ("horloge", {"ecart_ms": 30_000}, rules.OK),
        ("horloge", {"ecart_ms": 30_001}, rules.ATTENTION),
        ("horloge", {"ecart_ms": None}, rules.INCONNU),
    ],
)
def test_chaque_mesure_a_son_verdict(code, change, ton):
    assert verdict(code, **change).ton == ton


def test_qui_n_est_pas_bon_dit_quoi_faire():
    mauvais = Mesures(
        navigateur="",
        version=0,
        outils=False,
        scellement_ms=None,
        reserve=False,
        place_libre=None,
        octets_revenus=None,
        debit=None,
        ecart_ms=None,
    )

    assert all(verdict.geste for verdict in rules.juger(mauvais, minimums=MINIMUMS))


def test_un_seul_refus_l_emporte_sur_les_reserves():
    verdicts = rules.juger(replace(BON, scellement_ms=None, debit=None), minimums=MINIMUMS)

    assert rules.ton_d_ensemble(verdicts) == rules.DANGER


def test_le_debit_dit_la_duree_d_une_reponse_ordinaire():
    assert "100 Mo partent en 50 s" in verdict("debit").mesure.replace("\N{NO-BREAK SPACE}", " ")


def test_le_sens_de_l_ecart_se_dit():
    assert "de retard" in verdict("horloge", ecart_ms=120_000).mesure
    assert "d'avance" in verdict("horloge", ecart_ms=-120_000).mesure
