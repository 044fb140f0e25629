"""Un document coupé, abîmé ou trafiqué donne un texte ou une phrase : jamais une panne."""

import io
import zipfile
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formats.lecture import DocumentIllisible, Texte, lire_document
from formats.lecture.lire import lire_ici
from formats.tests.documents_lus import archive, docx, odt, p, pdf

SANS_DELAI = settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))


@cache
def modeles() -> dict[str, bytes]:
    tableau = f"<w:tbl><w:tr><w:tc>{p('Prix')}</w:tc><w:tc>{p('60 %')}</w:tc></w:tr></w:tbl>"
    liste = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/>'
        "</w:lvl></w:abstractNum>"
    )
    return {
        "docx": docx(
            p("4. Offres", '<w:outlineLvl w:val="0"/>') + tableau, styles="", numbering=liste
        ),
        "odt": odt(
            '<text:h text:outline-level="1">4. Offres</text:h>'
            "<table:table><table:table-row><table:table-cell/></table:table-row></table:table>"
        ),
        "pdf": pdf(
            "= Objet\nLe marché.\n#table(columns: 2, [Prix], [60 %])\n#pagebreak()\n= Offres"
        ),
    }


def se_lit_ou_se_refuse(octets, lire=lire_ici):
    try:
        return isinstance(lire(octets), Texte)
    except DocumentIllisible as illisible:
        return illisible.phrase.endswith(".")


@pytest.mark.parametrize("sorte", ["docx", "odt"])
@SANS_DELAI
@given(st.data())
def test_une_archive_coupee_ou_aux_bits_changes_ne_fait_rien_tomber(sorte, data):
    octets = bytearray(modeles()[sorte])
    for place in data.draw(st.lists(st.integers(0, len(octets) * 8 - 1), max_size=30)):
        octets[place // 8] ^= 1 << place % 8
    coupe = data.draw(st.integers(0, len(octets)))

    assert se_lit_ou_se_refuse(bytes(octets[:coupe]))
    assert se_lit_ou_se_refuse(bytes(octets))


@pytest.mark.parametrize("sorte", ["docx", "odt"])
@SANS_DELAI
@given(st.data())
def test_un_xml_trafique_ne_fait_rien_tomber(sorte, data):
    with zipfile.ZipFile(io.BytesIO(modeles()[sorte])) as zip_:
        parties = {nom: zip_.read(nom) for nom in zip_.namelist()}
    cible = data.draw(st.sampled_from(sorted(parties)))
    contenu = parties[cible]
    debut, fin = sorted(data.draw(st.tuples(*[st.integers(0, len(contenu))] * 2)))
    ajout = data.draw(
        st.sampled_from(
            [
                b"",
                contenu[debut:fin] * 2,
                b"<",
                b"\x00",
                b"99999999999",
                b"-1",
                b"<w:tc/>",
                b"\xff\xfe",
            ]
        )
    )

    assert se_lit_ou_se_refuse(archive({**parties, cible: contenu[:debut] + ajout + contenu[fin:]}))


@pytest.mark.parametrize("rang", range(8))
def test_un_pdf_coupe_ou_aux_bits_changes_ne_fait_rien_tomber(rang):
    octets = bytearray(modeles()["pdf"])
    for pas in range(1, 60):
        place = pas * 7919 * (rang + 1) % len(octets)
        octets[place] ^= 1 << pas % 8
    coupe = bytes(octets) if rang % 2 else modeles()["pdf"][: len(octets) * (rang + 1) // 9]

    assert se_lit_ou_se_refuse(coupe, lire_document)
