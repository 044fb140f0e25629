"""Quel document une signature à part signe ; quand un signataire se confirme."""

import pytest

from beffroi.seance.signatures.rules import document_signe, peut_confirmer


@pytest.mark.parametrize(
    ("nom", "autres", "document"),
    [
        ("acte.pdf.p7s", ["acte.pdf", "prix.ods"], "acte.pdf"),
        ("acte.pdf - Signature 1.xml", ["acte.pdf"], "acte.pdf"),
        ("ACTE.PDF.P7S", ["acte.pdf"], "acte.pdf"),
        ("acte.pdf.v2.pdf.p7s", ["acte.pdf", "acte.pdf.v2.pdf"], "acte.pdf.v2.pdf"),
        ("acte.pdf", ["acte.pdf"], None),
        ("acte.p7s", ["acte", "prix.ods"], None),
        ("prix.xml", ["acte.pdf"], None),
    ],
)
def test_la_signature_reprend_tout_le_nom_de_son_document(nom, autres, document):
    assert document_signe(nom, autres) == document


@pytest.mark.parametrize(
    ("est_signe", "fondement", "favorable"),
    [(True, "Kbis", True), (True, " ", False), (False, "Kbis", False)],
)
def test_un_signataire_se_confirme_sur_une_signature_et_un_fondement(
    est_signe, fondement, favorable
):
    assert peut_confirmer(est_signe=est_signe, fondement=fondement).favorable is favorable
