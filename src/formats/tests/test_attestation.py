from datetime import datetime

import pypdfium2

from formats import attestation, composition
from formats.dates import PARIS
from formats.tests.exemples import texte


def une_attestation(**change) -> attestation.Attestation:
    lignes = (
        attestation.LigneDeTest(
            intitule="Le scellement", mot="Marche", bon=True, mesure="En 0,8 s.", geste=""
        ),
        attestation.LigneDeTest(
            intitule="Le débit",
            mot="Lent",
            bon=False,
            mesure="20 ko par seconde.",
            geste="Envoyez la veille.",
        ),
    )
    champs = {
        "conclusion": "Ce poste peut déposer une réponse.",
        "bonne": True,
        "lignes": lignes,
        "constats": (("Fichier reçu", "5 Mo"),),
        "empreinte": "ab" * 32,
        "exploitant": "Centre de gestion de Trébuchet",
        "adresse_de_verification": "https://marches.example/verifier/",
        "etablie_le": datetime(2027, 1, 12, 11, 58, 7, 412_000, tzinfo=PARIS),
    }
    return attestation.Attestation(**{**champs, **change})


def test_l_attestation_dit_ses_mesures_leur_source_et_son_heure():
    lu = texte(attestation.pdf(une_attestation()))

    assert "Ce que le navigateur déclare" in lu and "Ce que le serveur a constaté" in lu
    assert "11:58:07,412" in lu
    assert "Envoyez la veille." in lu


def test_l_attestation_est_un_pdf_archivable_et_accessible():
    octets = attestation.pdf(une_attestation())

    assert b"pdfuaid:part" in octets and b"pdfaid:part" in octets


def test_a_l_essai_l_attestation_le_dit_partout():
    composition.filigraner("ESSAI")
    try:
        octets = attestation.pdf(une_attestation())
    finally:
        composition.filigraner("")

    assert texte(octets).count("ESSAI") >= 2
    assert pypdfium2.PdfDocument(octets).get_metadata_dict()["Title"].startswith("ESSAI. ")
    assert b"pdfuaid:part" in octets
    assert "ESSAI" not in texte(attestation.pdf(une_attestation()))
