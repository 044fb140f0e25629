"""Quand on répète, quand on le rappelle."""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.seance.repetition import rules

LIMITE = datetime(2027, 1, 12, 11, 0, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("publiee", "maintenant", "permis"),
    [
        (True, LIMITE - timedelta(days=20), True),
        (True, LIMITE, True),
        (True, LIMITE + INSTANT, False),
        (False, LIMITE - timedelta(days=20), False),
    ],
)
def test_on_repete_une_consultation_publiee_jusqu_a_l_heure_limite(publiee, maintenant, permis):
    decision = rules.peut_se_repeter(publiee=publiee, date_limite=LIMITE, maintenant=maintenant)

    assert decision.favorable is permis


def test_apres_l_heure_limite_le_refus_dit_quoi_faire():
    decision = rules.peut_se_repeter(publiee=True, date_limite=LIMITE, maintenant=LIMITE + INSTANT)

    assert "Préparez la séance d'ouverture" in str(decision.motifs[0])
    assert "R. 2132-9" in str(decision.motifs[0])


@pytest.mark.parametrize(
    ("repetee", "maintenant", "du"),
    [
        (False, LIMITE - timedelta(days=1) - INSTANT, False),
        (False, LIMITE - timedelta(days=1), True),
        (False, LIMITE, True),
        (False, LIMITE + INSTANT, False),
        (True, LIMITE - timedelta(hours=3), False),
    ],
)
def test_le_rappel_est_du_la_veille_si_personne_n_a_repete(repetee, maintenant, du):
    assert rules.rappel_est_du(repetee=repetee, date_limite=LIMITE, maintenant=maintenant) is du


def test_un_texte_qui_n_est_pas_celui_scelle_est_refuse():
    assert rules.texte_attendu(engagement="ab" * 32, obtenu="ab" * 32).favorable
    assert not rules.texte_attendu(engagement="ab" * 32, obtenu="cd" * 32).favorable
