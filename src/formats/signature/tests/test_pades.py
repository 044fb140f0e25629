"""Un PDF signé se lit ; changé d'un octet, il se voit ; ce qui n'est pas signé ne dit rien."""

import re

import pytest

from formats.signature import (
    SignaturesIllisibles,
    depuis_le_dossier,
    pour_le_dossier,
    signatures_du_pdf,
)
from formats.signature.tests.signataire import UN_PDF, pdf_signe


@pytest.fixture(scope="module")
def signe():
    return pdf_signe(UN_PDF)


def test_une_signature_dit_qui_quand_et_que_rien_n_a_change(signe):
    (lue,) = signatures_du_pdf(signe)

    assert (lue.signataire, lue.emetteur) == ("Hélène Duriez", "Autorité d'essai")
    assert lue.intacte and lue.couvre_tout and lue.est_bonne and not lue.horodatee
    assert "document intact" in lue.phrase and "confiance n'est pas vérifiée" in lue.phrase


def test_un_octet_change_dans_ce_qui_est_signe_se_voit(signe):
    falsifie = signe.replace(b"[0 0 595 842]", b"[0 0 595 843]")
    (lue,) = signatures_du_pdf(falsifie)

    assert falsifie != signe and not lue.intacte and not lue.est_bonne
    assert "a changé depuis" in lue.phrase


def test_ce_qui_est_ajoute_apres_une_signature_se_voit(signe):
    premiere, seconde = signatures_du_pdf(
        pdf_signe(signe, par="Émile Delattre", champ="Signature2")
    )

    assert premiere.intacte and not premiere.couvre_tout
    assert seconde.est_bonne and seconde.signataire == "Émile Delattre"
    assert "ajouté ensuite" in premiere.phrase


@pytest.mark.parametrize("octets", [UN_PDF, b"", b"PK\x03\x04 /ByteRange", b"%PDF-1.7 rien"])
def test_ce_qui_n_est_pas_signe_ne_dit_rien(octets):
    assert signatures_du_pdf(octets) == ()


@pytest.mark.parametrize(
    "abimer",
    [
        lambda octets: b"%PDF-1.7 /ByteRange",
        lambda octets: octets[: len(octets) // 2] + b"/ByteRange",
        lambda octets: re.sub(
            rb"/Contents ?<[0-9a-fA-F]{200}", b"/Contents <" + b"f" * 200, octets
        ),
    ],
)
def test_une_signature_illisible_ne_passe_ni_pour_bonne_ni_pour_absente(signe, abimer):
    abime = abimer(signe)
    assert abime != signe
    try:
        lues = signatures_du_pdf(abime)
    except SignaturesIllisibles:
        return
    assert lues and not any(lue.est_bonne for lue in lues)


def test_une_signature_se_garde_en_json_et_revient_la_meme(signe):
    (lue,) = signatures_du_pdf(signe)

    assert depuis_le_dossier(pour_le_dossier(lue)) == lue
