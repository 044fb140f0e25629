"""Quand une convention prend effet, ce que devient son terme,
et quand on en parle (rulings 20 et 21).
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.centre.conventions.rules import duree
from beffroi.centre.conventions.rules.duree import Signatures

JOURS = st.dates(date(2024, 1, 1), date(2035, 12, 31))


def test_la_convention_prend_effet_a_la_derniere_signature_si_la_deliberation_etait_executoire():
    signatures = Signatures(date(2026, 10, 7), date(2026, 10, 12))

    assert duree.prise_d_effet(signatures=signatures, executoire_le=date(2026, 10, 5)) == date(
        2026, 10, 12
    )


def test_la_convention_attend_que_la_deliberation_soit_executoire():
    signatures = Signatures(date(2026, 10, 7), date(2026, 10, 6))

    assert duree.prise_d_effet(signatures=signatures, executoire_le=date(2026, 10, 9)) == date(
        2026, 10, 9
    )


def test_sans_les_deux_signatures_rien_ne_prend_effet():
    assert (
        duree.prise_d_effet(
            signatures=Signatures(date(2026, 10, 7)), executoire_le=date(2026, 10, 9)
        )
        is None
    )


@given(JOURS, JOURS, JOURS)
def test_l_effet_n_est_avant_aucune_des_trois_dates(adherent, centre, executoire):
    effet = duree.prise_d_effet(signatures=Signatures(adherent, centre), executoire_le=executoire)

    assert (
        effet is not None
        and effet >= max(adherent, centre, executoire)
        and effet in (adherent, centre, executoire)
    )


def test_un_effet_avant_la_deliberation_se_refuse_avec_les_deux_dates():
    decision = duree.peut_prendre_effet(
        effet=date(2026, 9, 30), deliberation=date(2026, 10, 1), executoire_le=date(2026, 10, 5)
    )

    assert not decision.favorable
    assert (
        "30 septembre 2026" in decision.motifs[0].texte
        and "1er octobre 2026" in decision.motifs[0].texte
    )


@pytest.mark.article("CGCT", "L. 2131-1")
@pytest.mark.parametrize("effet,attendu", [(date(2026, 10, 4), False), (date(2026, 10, 5), True)])
def test_l_effet_ne_precede_pas_le_jour_ou_la_deliberation_est_executoire(effet, attendu):
    decision = duree.peut_prendre_effet(
        effet=effet, deliberation=date(2026, 10, 1), executoire_le=date(2026, 10, 5)
    )

    assert decision.favorable is attendu


@pytest.mark.parametrize(
    "prise,executoire,favorable",
    [
        (date(2026, 11, 2), date(2026, 11, 2), True),
        (date(2026, 11, 3), date(2026, 11, 3), False),
        (date(2026, 11, 1), date(2026, 10, 31), False),
        (date(2026, 11, 1), date(2026, 11, 3), False),
    ],
)
def test_une_deliberation_a_eu_lieu_et_n_est_pas_executoire_avant_d_etre_prise(
    prise, executoire, favorable
):
    decision = duree.deliberation_recevable(
        prise_le=prise, executoire_le=executoire, aujourd_hui=date(2026, 11, 2)
    )

    assert decision.favorable is favorable


@pytest.mark.parametrize(
    "le,favorable",
    [(date(2026, 9, 30), False), (date(2026, 10, 1), True), (date(2026, 11, 3), False)],
)
def test_une_signature_suit_la_deliberation_et_n_est_pas_a_venir(le, favorable):
    decision = duree.signature_recevable(
        le=le, deliberation=date(2026, 10, 1), aujourd_hui=date(2026, 11, 2)
    )

    assert decision.favorable is favorable


def test_trois_ans_finissent_la_veille_du_meme_quantieme():
    assert duree.terme(date(2026, 10, 12)) == date(2029, 10, 11)
    assert duree.terme(date(2026, 1, 1)) == date(2028, 12, 31)


def test_trois_ans_depuis_un_29_fevrier_finissent_le_28():
    assert duree.terme(date(2028, 2, 29)) == date(2031, 2, 28)


@pytest.mark.article("code civil", "1215")
def test_apres_trois_ans_la_convention_court_sans_terme_sauf_si_l_exploitant_en_decide_autrement():
    assert duree.terme_apres(date(2029, 10, 11), reconduite="indeterminee") is None
    assert duree.terme_apres(date(2029, 10, 11), reconduite="1") == date(2030, 10, 11)
    assert duree.terme_apres(date(2029, 10, 11), reconduite="3") == date(2032, 10, 11)


@given(JOURS)
def test_deux_periodes_d_un_an_et_trois_ans_se_suivent_sans_trou(effet):
    terme = duree.terme(effet)
    suivant = duree.terme_apres(terme, reconduite="1")

    assert suivant is not None and timedelta(days=364) <= suivant - terme <= timedelta(days=367)


@pytest.mark.parametrize(
    "le,due",
    [
        (date(2029, 4, 10), None),
        (date(2029, 4, 11), 6),
        (date(2029, 7, 10), 6),
        (date(2029, 7, 11), 3),
        (date(2029, 8, 10), 3),
        (date(2029, 8, 11), 2),
        (date(2029, 10, 11), 2),
        (date(2029, 10, 12), None),
    ],
)
def test_l_alerte_tombe_six_trois_puis_deux_mois_avant_le_terme(le, due):
    assert duree.alerte_due(date(2029, 10, 11), le=le) == due
