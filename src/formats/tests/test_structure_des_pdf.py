"""Chaque PDF que nous écrivons a sa structure :
un lecteur d'écran y trouve des titres, des tables, un ordre (RGAA 13.3).
"""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from formats import (
    attestation,
    preuve_de_courrier,
    proces_verbal,
    recepisse,
    registre_des_depots,
    registre_des_retraits,
)
from formats.document.pdf import pdf as document
from formats.tests.exemples import un_proces_verbal, un_recepisse, un_registre, une_ligne
from formats.tests.test_attestation import une_attestation
from formats.tests.test_canaris import un_registre_de_retraits
from formats.tests.test_document import un_document
from formats.tests.test_preuve_de_courrier import une_preuve

ECRITS = {
    "attestation": lambda: attestation.pdf(une_attestation()),
    "document": lambda: document(un_document()),
    "preuve": lambda: preuve_de_courrier.pdf(une_preuve()),
    "proces-verbal": lambda: proces_verbal.pdf(un_proces_verbal()),
    "recepisse": lambda: recepisse.pdf(un_recepisse()),
    "registre-des-depots": lambda: registre_des_depots.pdf(un_registre(une_ligne())),
    "registre-des-retraits": lambda: registre_des_retraits.pdf(un_registre_de_retraits()),
}


def balise(element: object) -> str:
    taille = pdfium.FPDF_StructElement_GetType(element, None, 0)
    tampon = ctypes.create_string_buffer(taille)
    pdfium.FPDF_StructElement_GetType(element, tampon, taille)
    return tampon.raw.decode("utf-16-le").rstrip("\0")


def descendre(element: object) -> Iterator[str]:
    yield balise(element)
    for rang in range(pdfium.FPDF_StructElement_CountChildren(element)):
        enfant = pdfium.FPDF_StructElement_GetChildAtIndex(element, rang)
        if enfant:
            yield from descendre(enfant)


def structure(octets: bytes) -> list[str]:
    """Les balises du PDF, page après page, dans l'ordre où elles se lisent."""
    balises: list[str] = []
    for page in pypdfium2.PdfDocument(octets):
        arbre = pdfium.FPDF_StructTree_GetForPage(page.raw)
        for rang in range(pdfium.FPDF_StructTree_CountChildren(arbre)):
            balises += descendre(pdfium.FPDF_StructTree_GetChildAtIndex(arbre, rang))
        pdfium.FPDF_StructTree_Close(arbre)
    return balises


@pytest.mark.parametrize("nom", ECRITS)
def test_un_pdf_a_ses_titres_ses_tables_sa_langue_et_son_titre(nom):
    octets = ECRITS[nom]()
    balises = structure(octets)

    assert balises.count("H1") == 1 and "TD" in balises
    # Chaque table dit ses en-têtes ; ce qui n'est que mis en page n'est pas une table.
    assert balises.count("Table") == balises.count("THead") <= balises.count("TH")
    assert b"/Lang(fr-FR)" in octets and b"/Marked true" in octets
    assert pypdfium2.PdfDocument(octets).get_metadata_value("Title")
