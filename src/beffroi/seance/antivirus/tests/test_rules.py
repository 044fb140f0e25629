"""Ce qu'un constat permet."""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.seance.antivirus.rules import (
    OCTETS_ANALYSABLES,
    PATIENCE,
    Constat,
    Etat,
    FaitsDuFichier,
    peut_lever,
    peut_se_lire,
    trop_gros,
)

OUVERT = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
INFECTE = Constat(Etat.INFECTE, menace="Eicar-Test-Signature")


def test_deux_gibioctets_moins_un_se_lisent_et_rien_de_plus():
    assert not trop_gros(OCTETS_ANALYSABLES)
    assert trop_gros(OCTETS_ANALYSABLES + 1)
    assert OCTETS_ANALYSABLES + 1 == 2**31


@pytest.mark.parametrize("etat", [Etat.SAIN, Etat.NON_ANALYSE])
def test_un_fichier_sain_ou_non_analyse_se_lit(etat):
    assert peut_se_lire(
        FaitsDuFichier(Constat(etat, motif="pourquoi"), OUVERT), maintenant=OUVERT
    ).favorable


def test_un_fichier_infecte_est_retenu_et_la_phrase_nomme_la_menace():
    decision = peut_se_lire(FaitsDuFichier(INFECTE, OUVERT), maintenant=OUVERT + timedelta(days=30))

    assert not decision.favorable
    assert "Eicar-Test-Signature" in str(decision.motifs[0])


def test_une_quarantaine_levee_laisse_lire():
    assert peut_se_lire(FaitsDuFichier(INFECTE, OUVERT, levee=True), maintenant=OUVERT).favorable


@pytest.mark.parametrize(
    ("apres", "lisible"),
    [(timedelta(0), False), (PATIENCE - timedelta(seconds=1), False), (PATIENCE, True)],
)
def test_un_antivirus_muet_retient_un_quart_d_heure_pas_plus(apres, lisible):
    attendu = FaitsDuFichier(Constat(Etat.ATTENDU), OUVERT)

    assert peut_se_lire(attendu, maintenant=OUVERT + apres).favorable is lisible


def test_lever_se_motive_et_ne_leve_que_ce_qui_est_retenu():
    retenu = FaitsDuFichier(INFECTE, OUVERT)

    assert peut_lever(retenu, motif="fausse alerte").favorable
    assert not peut_lever(retenu, motif="  ").favorable
    assert not peut_lever(FaitsDuFichier(INFECTE, OUVERT, levee=True), motif="encore").favorable
    assert not peut_lever(FaitsDuFichier(Constat(Etat.SAIN), OUVERT), motif="pour rien").favorable
