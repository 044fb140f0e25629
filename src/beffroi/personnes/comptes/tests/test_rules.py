"""Les règles du compte."""

import pytest

from beffroi.personnes.comptes import rules


def test_un_code_qui_n_est_pas_le_bon_est_refuse():
    assert (
        "n'est pas le bon" in rules.code_totp_recevable(pas=None, dernier_pas=None).motifs[0].texte
    )


def test_un_premier_code_bon_est_accepte():
    assert rules.code_totp_recevable(pas=100, dernier_pas=None).favorable


def test_un_code_deja_servi_est_refuse():
    assert "déjà servi" in rules.code_totp_recevable(pas=100, dernier_pas=100).motifs[0].texte


def test_un_code_plus_ancien_que_le_dernier_servi_est_refuse():
    assert not rules.code_totp_recevable(pas=99, dernier_pas=100).favorable


def test_le_code_suivant_est_accepte():
    assert rules.code_totp_recevable(pas=101, dernier_pas=100).favorable


def test_un_jeton_se_reconnait_a_sa_forme():
    assert rules.forme_de_jeton("beffroi_" + "a" * 43)
    assert not rules.forme_de_jeton("beffroi_" + "a" * 42)
    assert not rules.forme_de_jeton("beffroi_" + "a" * 42 + "\n")


def jeton(*portees: str, est_actif=True, tenues=(), second_facteur=True):
    return rules.peut_recevoir_un_jeton(
        est_actif=est_actif,
        portees=portees,
        d_acheteur={"publier", "lire"},
        tenues=tenues,
        second_facteur=second_facteur,
    )


def test_un_compte_ferme_ne_recoit_pas_de_jeton():
    assert not jeton("deposer", est_actif=False).favorable


def test_un_jeton_permet_au_moins_une_chose():
    assert "au moins une chose" in jeton().motifs[0].texte
    assert jeton("deposer", second_facteur=False).favorable


def test_un_jeton_d_acheteur_demande_le_role_et_le_second_facteur_d_aujourd_hui():
    assert jeton("publier", tenues={"publier"}).favorable
    assert "« publier »" in jeton("publier", "lire", tenues={"lire"}).motifs[0].texte
    assert "second facteur" in jeton("lire", tenues={"lire"}, second_facteur=False).motifs[0].texte


@pytest.mark.parametrize(
    "echecs,attente", [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 8), (10_000, 8)]
)
def test_l_attente_grandit_et_se_borne(echecs, attente):
    assert rules.attente_s(echecs, franchise=5) == attente
