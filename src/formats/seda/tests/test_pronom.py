"""Ce que nous reconnaissons :
l'identifiant est celui que siegfried (DROID v125) donne du même fichier ; sinon, rien.
"""

import io
import struct
import zipfile
import zlib

import pytest

from formats import recepisse
from formats.seda import Mesure
from formats.seda.pronom import BORD
from formats.tests.exemples import un_recepisse


def identifie(contenu: bytes, nom: str = "", *, par: int = 1 << 20):
    mesure = Mesure()
    for debut in range(0, len(contenu), par):
        mesure.ajouter(contenu[debut : debut + par])
    return mesure.format(nom)


def zip_de(*parties: tuple[str, bytes], milieu: bytes = b"") -> bytes:
    """Les parties, puis s'il le faut un gros fichier que rien ne comprime."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in parties:
            archive.writestr(nom, contenu, zipfile.ZIP_STORED if nom == "mimetype" else None)
        if milieu:
            archive.writestr("Pictures/1.png", milieu, zipfile.ZIP_STORED)
    return sortie.getvalue()


def office(declare: str) -> bytes:
    types = (
        f'<Types><Override PartName="/x.xml" ContentType="application/{declare}.main+xml"/></Types>'
    )
    return zip_de(("[Content_Types].xml", types.encode()), ("x.xml", b"<x/>"))


def odf(genre: str, version: str, milieu: bytes = b"") -> bytes:
    contenu = (
        f'<office:document-content office:version="{version}"></office:document-content>'.encode()
    )
    mime = f"application/vnd.oasis.opendocument.{genre}".encode()
    return zip_de(("mimetype", mime), ("content.xml", contenu), milieu=milieu)


def bloc(nom: bytes, contenu: bytes) -> bytes:
    return (
        struct.pack(">I", len(contenu))
        + nom
        + contenu
        + struct.pack(">I", zlib.crc32(nom + contenu))
    )


def png(*blocs: bytes) -> bytes:
    tete = bloc(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + tete
        + b"".join(blocs)
        + bloc(b"IDAT", zlib.compress(bytes(4)))
        + bloc(b"IEND", b"")
    )


def pdf(version: str, suite: bytes = b"") -> bytes:
    return f"%PDF-{version}\n".encode() + suite + b"1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def pdf_a(partie: str, niveau: str) -> bytes:
    dit = f'<rdf:Description pdfaid:part="{partie}"' + (
        f' pdfaid:conformance="{niveau}"/>' if niveau else "/>"
    )
    return pdf("1.7", dit.encode())


COURRIEL = (
    b"From: a@b.fr\r\nTo: c@d.fr\r\nSubject: x\r\nDate: Mon, "
    b"1 Jan 2024 10:00:00 +0100\r\nMIME-Version: 1.0\r\n\r\nx\r\n"
)
EXIF = b"\xff\xd8\xff\xe1\x00\x60Exif\0\0II*\0\x08\0\0\0\x01\0\x00\x90\x07\0\x04\0\0\0"
JFIF = b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01" + bytes(40)
CMS = bytes.fromhex("3082036106092a864886f70d010702") + bytes(40)


@pytest.mark.parametrize(
    ("contenu", "nom", "puid", "mime"),
    [
        (pdf("1.4"), "a.pdf", "fmt/18", "application/pdf"),
        (pdf("1.7"), "menteur.txt", "fmt/276", "application/pdf"),
        (pdf("2.0"), "a.pdf", "fmt/1129", "application/pdf"),
        (pdf_a("1", "B"), "a.pdf", "fmt/354", "application/pdf"),
        (pdf_a("2", "A"), "a.pdf", "fmt/476", "application/pdf"),
        (pdf_a("3", "A"), "a.pdf", "fmt/479", "application/pdf"),
        (pdf_a("4", ""), "a.pdf", "fmt/1910", "application/pdf"),
        (
            office("vnd.openxmlformats-officedocument.wordprocessingml.document"),
            "a.docx",
            "fmt/412",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            office("vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            "a.xlsx",
            "fmt/214",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            office("vnd.ms-excel.sheet.macroEnabled"),
            "a.xlsm",
            "fmt/445",
            "application/vnd.ms-excel.sheet.macroEnabled.12",
        ),
        (odf("text", "1.2"), "a.odt", "fmt/291", "application/vnd.oasis.opendocument.text"),
        (
            odf("spreadsheet", "1.3"),
            "a.ods",
            "fmt/1755",
            "application/vnd.oasis.opendocument.spreadsheet",
        ),
        (
            zip_de(("mimetype", b"application/vnd.etsi.asic-s+zip"), ("a", b"a")),
            "a.asics",
            "fmt/1341",
            "application/vnd.etsi.asic-s+zip",
        ),
        (zip_de(("a.txt", b"a")), "a.zip", "x-fmt/263", "application/zip"),
        (png(), "a.png", "fmt/11", "image/png"),
        (png(bloc(b"sRGB", b"\0")), "a.png", "fmt/12", "image/png"),
        (png(bloc(b"sRGB", b"\0"), bloc(b"iTXt", bytes(8))), "a.png", "fmt/13", "image/png"),
        (JFIF, "a.jpg", "fmt/43", "image/jpeg"),
        (EXIF + b"0220" + bytes(40), "a.jpg", "x-fmt/391", "image/jpeg"),
        (EXIF + b"0231" + bytes(40), "a.jpg", "fmt/1507", "image/jpeg"),
        (b"GIF89a" + bytes(20), "a.gif", "fmt/4", "image/gif"),
        (b"II*\0\x08\0\0\0" + bytes(20), "a.tif", "fmt/353", "image/tiff"),
        (CMS, "a.p7s", "fmt/670", "application/pkcs7-mime"),
        (b"\x1f\x8b\x08" + bytes(20), "a.gz", "x-fmt/266", "application/gzip"),
        (b"AC1032" + bytes(20), "plan.dwg", "fmt/1395", "image/vnd.dwg"),
        ("été\n".encode(), "a.txt", "x-fmt/111", "text/plain"),
        ("été\n".encode("latin-1"), "a.txt", "x-fmt/111", "text/plain"),
        (b"", "a.txt", "x-fmt/111", "text/plain"),
        (b"a;b\n", "A.CSV", "x-fmt/18", "text/csv"),
        (b'{"a": 1}\n', "a.json", "fmt/817", "application/json"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><a/>', "a.xml", "fmt/101", "application/xml"),
        (b"<!doctype html>\n<html></html>\n", "index.html", "fmt/471", "text/html"),
        (COURRIEL, "a.eml", "fmt/950", "message/rfc822"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "a.ics", "fmt/388", "text/calendar"),
    ],
)
def test_un_format_connu_a_son_identifiant_et_son_type(contenu, nom, puid, mime):
    trouve = identifie(contenu, nom)

    assert (trouve.puid, trouve.mime) == (puid, mime)


@pytest.mark.parametrize(
    ("contenu", "nom", "mime"),
    [
        (
            b"age-encryption.org/v1\n-> X25519 x\n" + bytes(20),
            "offre.pdf.age",
            "application/octet-stream",
        ),
        (b"\x30\x82\x01\x02\x30\x03" + bytes(20), "a.tsr", "application/timestamp-reply"),
        (b"%PDF-1.4\n1 0 obj", "coupe.pdf", "application/pdf"),
        (pdf("1.4") + b"\n" * 3000, "suivi.pdf", "application/pdf"),
        (odf("text", "9.9"), "a.odt", "application/vnd.oasis.opendocument.text"),
        (b"PK\x03\x04 rien de plus", "a.zip", "application/zip"),
        (zip_de(("a.class", b"a")), "a.jar", "application/zip"),
        (b"{\\rtf1 x}", "a.rtf", "text/plain"),
        (b"<a/>", "a.xml", "text/plain"),
        (b'<?xml version="1.0"?><a/>', "a.xsl", "application/xml"),
        (b"From: a@b.fr\r\n\r\nx", "a.eml", "message/rfc822"),
        (EXIF + b"9999" + bytes(40), "a.jpg", "image/jpeg"),
        (bytes(range(256)), "a.bin", ""),
        (bytes(10), "a.txt", ""),
    ],
)
def test_ce_qui_n_est_pas_sur_n_a_pas_d_identifiant(contenu, nom, mime):
    trouve = identifie(contenu, nom)

    assert (trouve.puid, trouve.est_identifie, trouve.mime) == ("", False, mime) and trouve.nom


def test_nos_recepisses_sont_reconnus_archivables():
    assert identifie(recepisse.pdf(un_recepisse()), "recepisse.pdf").puid == "fmt/476"


def test_un_gros_document_se_reconnait_a_ses_deux_bouts():
    milieu = zlib.compress(b"x") + bytes(range(256)) * (8 * BORD // 256)
    gros = odf("text", "1.3", milieu=milieu)

    assert len(gros) > 2 * BORD
    assert identifie(gros, "a.odt", par=65_537).puid == "fmt/1756"


def test_une_marque_d_archivage_coupee_entre_deux_blocs_se_trouve():
    contenu = pdf_a("2", "B")

    assert {identifie(contenu, "a.pdf", par=pas).puid for pas in (1, 3, 17, 40, 1000)} == {
        "fmt/477"
    }


def test_un_zip_au_sommaire_trop_long_n_est_pas_identifie():
    parties = [(f"{rang:05}-{'n' * 80}.txt", b"") for rang in range(5000)]

    assert identifie(zip_de(*parties), "a.zip").puid == ""
