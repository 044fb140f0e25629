"""La commande : un code de sortie par issue, un JSON stable, une phrase quand un fichier manque."""

import json

import pytest

from beffroi.commandes.cli.lanceur import principal
from formats.signature.tests import cas, pki


@pytest.fixture
def normes(tmp_path, monkeypatch):
    for nom, octets in (
        ("racines/essai.cer", pki.autorite().der),
        ("revocations/essai.crl", pki.revocations()),
    ):
        chemin = tmp_path / "signature" / nom
        chemin.parent.mkdir(parents=True)
        chemin.write_bytes(octets)
    monkeypatch.setenv("BEFFROI_NORMES", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("nom", "octets", "code"),
    [
        ("acte.pdf", cas.pdf_altere, 1),
        ("acte.pdf", cas.pdf, 3),
        ("acte.pdf", lambda: b"%PDF-1.7 rien", 3),
    ],
)
def test_le_code_de_sortie_dit_l_issue(nom, octets, code, tmp_path, normes):
    (tmp_path / nom).write_bytes(octets())

    assert principal(["signature", "verifier", str(tmp_path / nom)]) == code


def test_avec_une_date_de_reception_une_signature_reconnue_rend_zero(tmp_path, normes, capsys):
    (tmp_path / "acte.pdf").write_bytes(cas.pdf())
    jour = pki.RECU_LE.date().isoformat()

    assert principal(["signature", "verifier", str(tmp_path / "acte.pdf"), "--recu-le", jour]) == 0
    assert "TOTAL-PASSED" in capsys.readouterr().out


def test_une_signature_a_part_se_verifie_avec_son_document(tmp_path, normes, capsys):
    (tmp_path / "acte.txt").write_bytes(cas.DOCUMENT)
    (tmp_path / "acte.txt.p7s").write_bytes(pki.cms_signe(cas.DOCUMENT, detachee=True))
    commande = [
        "signature",
        "verifier",
        str(tmp_path / "acte.txt"),
        "--detachee",
        str(tmp_path / "acte.txt.p7s"),
        "--json",
    ]

    assert principal(commande) == 3
    dit = json.loads(capsys.readouterr().out)
    assert (dit["verdict"], dit["document"]) == ("INDETERMINATE", "acte.txt")
    assert dit["signatures"][0]["sous_indication"] == "NO_POE"


def test_un_fichier_absent_est_une_phrase_et_le_code_deux(tmp_path, capsys):
    assert principal(["signature", "verifier", str(tmp_path / "absent.pdf")]) == 2
    assert "n'existe pas" in capsys.readouterr().err
