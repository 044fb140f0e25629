"""Signer chez soi : le mot de passe se lit à l'entrée, jamais dans un
argument ; rien n'est écrasé.
"""

import io
from types import SimpleNamespace

import pytest

from beffroi.commandes.cli.calculs import signature_signer
from beffroi.commandes.cli.lanceur import principal
from formats.signature.tests import cles, pki
from formats.signature.tests.signataire import UN_PDF


@pytest.fixture
def dossier(tmp_path, monkeypatch):
    (tmp_path / "acte.pdf").write_bytes(UN_PDF)
    (tmp_path / "moi.p12").write_bytes(cles.en_p12(pki.porteur()))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def repondre(monkeypatch):
    return lambda dit: monkeypatch.setattr("sys.stdin", io.StringIO(dit + "\n"))


def signer(*autres):
    return principal(["signature", "signer", "acte.pdf", *autres, "-o", "signe.pdf"])


def test_un_certificat_signe_et_le_fichier_se_verifie(dossier, repondre, capsys):
    repondre(cles.MOT_DE_PASSE)

    assert signer("--certificat", "moi.p12") == 0
    assert principal(["signature", "verifier", "signe.pdf"]) == 3  # intact, autorité inconnue d'ici
    dit = capsys.readouterr()
    assert "Hélène Duriez" in dit.out
    assert cles.MOT_DE_PASSE not in dit.out + dit.err


def test_un_mot_de_passe_faux_ne_laisse_aucun_fichier(dossier, repondre, capsys):
    repondre("autre")

    assert signer("--certificat", "moi.p12") == 1
    assert "le mot de passe n'est pas le bon" in capsys.readouterr().err
    assert sorted(f.name for f in dossier.iterdir()) == ["acte.pdf", "moi.p12"]


def test_une_sortie_qui_existe_n_est_pas_ecrasee(dossier, repondre):
    repondre(cles.MOT_DE_PASSE)
    (dossier / "signe.pdf").write_bytes(b"avant")

    assert signer("--certificat", "moi.p12") == 1
    assert (dossier / "signe.pdf").read_bytes() == b"avant"


@pytest.mark.parametrize("moyens", [(), ("--certificat", "moi.p12", "--pkcs11", "/usr/lib/x.so")])
def test_un_seul_moyen_de_signer_a_la_fois(dossier, moyens, capsys):
    assert signer(*moyens) == 2
    assert "l'un des deux" in capsys.readouterr().err


def test_au_terminal_le_mot_de_passe_ne_s_affiche_pas(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(signature_signer, "getpass", lambda question: f"lu : {question}")

    assert signature_signer._secret(None) == "lu : Mot de passe du certificat : "


@pytest.mark.skipif(
    not cles.module_softhsm(),
    reason="SoftHSM2 n'est pas installé (Debian : apt-get install softhsm2)",
)
def test_un_jeton_signe_par_son_module(dossier, repondre, monkeypatch):
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    jeton = cles.jeton_logiciel(dossier, pki.porteur())
    repondre(cles.PIN)

    assert signer("--pkcs11", jeton.module, "--jeton", jeton.label) == 0
    assert (dossier / "signe.pdf").read_bytes().startswith(UN_PDF)
