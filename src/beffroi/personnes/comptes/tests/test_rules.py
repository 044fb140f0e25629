"""Les règles du compte."""

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


def test_un_compte_ferme_ne_recoit_pas_de_jeton():
    assert not rules.peut_recevoir_un_jeton(est_actif=False, portees=1).favorable


def test_un_jeton_permet_au_moins_une_chose():
    assert (
        "au moins une chose"
        in rules.peut_recevoir_un_jeton(est_actif=True, portees=0).motifs[0].texte
    )
    assert rules.peut_recevoir_un_jeton(est_actif=True, portees=1).favorable
