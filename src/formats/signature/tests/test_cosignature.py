"""Ce qui suit la première révision d'un PDF n'est-il que des signatures ?

Sinon, elle n'est plus celle qu'on a proposée.
"""

import io
import re

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from formats.signature.cosignature import adresse_de_la_table, seulement_signe_depuis
from formats.signature.tests.signataire import UN_PDF, pdf_signe

RECOUVRIR = b"q 1 0 0 rg 0 0 300 300 re f Q"


def origine(octets: bytes) -> int | None:
    return seulement_signe_depuis(PdfFileReader(io.BytesIO(octets)))


def revise(octets: bytes, change) -> bytes:
    """Une révision de plus ; `change` reçoit qui l'écrit, et la première page."""
    ecrivain = IncrementalPdfFileWriter(io.BytesIO(octets))
    change(ecrivain, ecrivain.root["/Pages"]["/Kids"][0])
    sortie = io.BytesIO()
    ecrivain.write(sortie)
    assert sortie.getvalue().startswith(octets)
    return sortie.getvalue()


def repeindre(ecrivain, page):
    page["/Contents"] = ecrivain.add_object(generic.StreamObject(stream_data=RECOUVRIR))
    ecrivain.mark_update(page.container_ref)


def couvrir_d_une_note(ecrivain, page):
    note = generic.DictionaryObject({generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText")})
    page["/Annots"] = generic.ArrayObject([ecrivain.add_object(note)])
    ecrivain.mark_update(page.container_ref)


def agrandir(ecrivain, page):
    page["/MediaBox"] = generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 10, 10)])
    ecrivain.mark_update(page.container_ref)


def ouvrir_ailleurs(ecrivain, page):
    ecrivain.root["/OpenAction"] = generic.ArrayObject([generic.NullObject()])
    ecrivain.update_root()


def changer_les_pages(ecrivain, page):
    pages = ecrivain.root["/Pages"]
    pages["/Rotate"] = generic.NumberObject(90)
    ecrivain.mark_update(pages.container_ref)


def test_signe_une_fois_ou_deux_il_garde_son_origine():
    une = pdf_signe(UN_PDF)

    assert origine(une) == origine(pdf_signe(une, par="Émile Delattre", champ="Signature2"))
    assert origine(une) == adresse_de_la_table(UN_PDF) != adresse_de_la_table(une)


@pytest.mark.parametrize(
    "change", [repeindre, couvrir_d_une_note, agrandir, ouvrir_ailleurs, changer_les_pages]
)
def test_change_avant_d_etre_signe_ou_apres_il_n_en_a_plus(change):
    assert origine(pdf_signe(revise(UN_PDF, change))) is None
    assert origine(revise(pdf_signe(UN_PDF), change)) is None


def test_une_table_qui_oublie_la_premiere_a_une_autre_adresse():
    """Tout le document est écrit de nouveau à la suite,
    et sa table ne renvoie pas à la première.
    """
    refait = UN_PDF + b"\n" + deplace(UN_PDF, len(UN_PDF) + 1)

    assert origine(pdf_signe(refait)) != adresse_de_la_table(UN_PDF)


def deplace(pdf: bytes, de: int) -> bytes:
    """Le même document, ses adresses comptées depuis le début d'un fichier qui en
    porte un autre avant lui.
    """
    pdf = re.sub(rb"(\d{10}) (\d{5}) n", lambda m: b"%010d %s n" % (int(m[1]) + de, m[2]), pdf)
    return re.sub(rb"startxref\s+(\d+)", lambda m: b"startxref\n%d" % (int(m[1]) + de), pdf)


def test_la_fin_d_un_pdf_dit_l_adresse_de_sa_table():
    assert UN_PDF[adresse_de_la_table(UN_PDF) :].startswith(b"xref")
    assert adresse_de_la_table(b"%PDF-1.7 rien") is None
