"""Ce qui ne se lit pas : la phrase dit ce qui s'est passé, pourquoi, et quoi faire."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from formats.lecture import DocumentIllisible, bornes, enclos, lire_document
from formats.lecture.lire import lire_ici
from formats.tests.documents_lus import archive, docx, odt, p, partie_docx, pdf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
BOMBE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def avec_document(xml):
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b"", "vide"),
        (
            OLE + "WordDocument".encode("utf-16-le"),
            r"ancien document Word \(DOC\).*DOCX, ODT ou PDF",
        ),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (b"{\\rtf1\\ansi bonjour}", "RTF"),
        (b"<!DOCTYPE html><html></html>", "page web"),
        (
            (
                b'<?xml version="1.0"?><office:document '
                b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'
            ),
            "FODT",
        ),
        (b"\x89PNG\r\n\x1a\n", "une image"),
        (b"Bonjour, ceci est du texte.", "format inconnu"),
        (archive({"Index/Document.iwa": b"x"}), "Pages"),
        (archive({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}), "classeur"),
        (
            archive(
                {
                    "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                    "content.xml": "<a/>",
                }
            ),
            "n'est pas un texte",
        ),
        (archive({"mimetype": "application/epub+zip"}), "livre électronique"),
        (archive({"a.txt": "x"}), "archive ZIP"),
        (b"PK\x03\x04" + b"\x00" * 100, "abîmé"),
        (b"%PDF-1.7\nabc", "PDF est abîmé"),
        (avec_document("<w:document"), "abîmé"),
        (avec_document(partie_docx("document", "")), "abîmé"),
        (docx(""), "aucun texte"),
        (odt(""), "aucun texte"),
    ],
)
def test_ce_qui_ne_se_lit_pas_se_dit(octets, phrase):
    with pytest.raises(DocumentIllisible, match=phrase):
        lire_ici(octets)


def test_un_fichier_mal_nomme_se_lit_d_apres_son_contenu():
    assert lire_ici(pdf("Un règlement."), "rc.docx").sorte == "pdf"
    with pytest.raises(DocumentIllisible, match=r"nommé « \.pdf » mais n'en est pas un"):
        lire_ici(b"du texte", "rc.pdf")


def test_un_odt_protege_se_refuse():
    manifeste = (
        '<m:manifest xmlns:m="u"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    )
    with pytest.raises(DocumentIllisible, match="mot de passe"):
        lire_ici(odt(p("x"), **{"META-INF/manifest.xml": manifeste}))


def test_un_zip_chiffre_se_refuse():
    octets = bytearray(docx(p("Objet")))
    for marque, decalage in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        debut = 0
        while (debut := octets.find(marque, debut)) >= 0:
            octets[debut + decalage] |= 1
            debut += 4
    with pytest.raises(DocumentIllisible, match="mot de passe"):
        lire_ici(bytes(octets))


@pytest.mark.parametrize("declaration", [BOMBE, EXTERNE])
@pytest.mark.parametrize("codage", ["utf-8", "utf-16"])
def test_des_entites_xml_se_refusent(declaration, codage):
    xml = f'<?xml version="1.0" encoding="{codage}"?>{declaration}' + partie_docx(
        "document", f"<w:body>{p('Objet')}</w:body>"
    )
    with pytest.raises(DocumentIllisible, match="entités XML"):
        lire_ici(avec_document(xml.encode(codage)))


def test_une_bombe_zip_se_refuse_sans_se_deplier(monkeypatch):
    octets = archive(
        {"[Content_Types].xml": "<a/>", "word/document.xml": b" " * (2 * bornes.MEGAOCTET)}
    )
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("la bombe a été dépliée"))
    with pytest.raises(DocumentIllisible, match="se déplie démesurément"):
        lire_ici(octets)


def test_une_bombe_qui_ment_sur_sa_taille_se_refuse(monkeypatch):
    monkeypatch.setattr(bornes, "OCTETS_D_UNE_PARTIE", 5_000)
    octets = docx(p("x" * 20_000))
    menteuse = octets.replace((20_000 + 0).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(DocumentIllisible, match=r"énorme|abîmé"):
        lire_ici(menteuse)


def test_toutes_les_parties_depliees_se_comptent_ensemble(monkeypatch):
    monkeypatch.setattr(bornes, "OCTETS_DEPLIES", 3_000)
    with pytest.raises(DocumentIllisible, match="énormes"):
        lire_ici(docx(p("x" * 2_000), styles=f'<w:style><w:name w:val="{"y" * 2_000}"/></w:style>'))


def test_trop_de_fichiers_dans_l_archive_se_refusent(monkeypatch):
    monkeypatch.setattr(bornes, "MEMBRES", 3)
    with pytest.raises(DocumentIllisible, match="plus de 3 fichiers"):
        lire_ici(docx(p("x"), styles="", numbering="", footnotes=""))


def test_une_imbrication_demesuree_se_refuse():
    profond = "<w:sdt>" * 240 + p("x") + "</w:sdt>" * 240
    with pytest.raises(DocumentIllisible, match=r"imbriqué|abîmé"):
        lire_ici(docx(profond))


def test_un_document_tres_long_se_lit_en_partie_et_le_dit(monkeypatch):
    monkeypatch.setattr(bornes, "PARAGRAPHES", 3)
    texte = lire_ici(docx("".join(p(f"n° {i}") for i in range(9))))

    assert [q.texte for q in texte.paragraphes] == ["n° 0", "n° 1", "n° 2"]
    assert "la suite de son paragraphe 3 n'a pas été lue" in texte.lacunes[0]


def test_un_pdf_de_trop_de_pages_se_lit_en_partie_et_le_dit(monkeypatch):
    monkeypatch.setattr(bornes, "PAGES", 2)
    texte = lire_ici(pdf("Première.\n#pagebreak()\nDeuxième.\n#pagebreak()\nTroisième."))

    assert [q.page for q in texte.paragraphes] == [1, 2]
    assert texte.lacunes == (
        "Le document a 3 pages : seules les 2 premières ont été lues. "
        "Le contrôle est donc partiel.",
    )


def test_deux_cents_megaoctets_se_refusent_sans_se_lire(tmp_path, monkeypatch):
    gros = tmp_path / "rc.pdf"
    with gros.open("wb") as fichier:
        fichier.truncate(200 * bornes.MEGAOCTET)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("le fichier a été lu"))
    with pytest.raises(DocumentIllisible, match="il pèse 200 Mo, plus que les 100 Mo admis"):
        lire_document(gros)


# ------------------------------------------------------------------ l'enclos


def test_l_enclos_rend_le_meme_texte_que_la_lecture_directe(enclos_neuf):
    octets = docx(
        "<w:tbl><w:tr><w:tc>" + p("Prix") + "</w:tc></w:tr></w:tbl>" + p("Fin"),
        **{"word/vbaProject.bin": b"x"},
    )

    assert lire_document(octets, "rc.docx") == lire_ici(octets)


def test_l_enclos_rend_la_meme_phrase_que_la_lecture_directe(enclos_neuf):
    with pytest.raises(DocumentIllisible, match="RTF"):
        lire_document(b"{\\rtf1 x}", "rc.rtf")


def dans_l_enclos(limites, code):
    programme = f"from formats.lecture.enclos import limiter; limiter({limites}); {code}"
    return subprocess.run([sys.executable, "-c", programme], capture_output=True, check=False)


def test_l_enclos_arrete_un_calcul_sans_fin():
    assert dans_l_enclos("secondes=1", "exec('while True: pass')").returncode in {-24, -9}


def test_l_enclos_refuse_trop_de_memoire():
    fait = dans_l_enclos("memoire=400_000_000", "x = bytearray(600_000_000)")

    assert b"MemoryError" in fait.stderr


def test_l_enclos_n_ecrit_aucun_fichier(tmp_path):
    fait = dans_l_enclos("", f"open({str(tmp_path / 'x')!r}, 'w').write('x')")

    assert b"File too large" in fait.stderr
    assert (tmp_path / "x").stat().st_size == 0


@pytest.mark.parametrize(
    ("code", "phrase"),
    [(-24, "n'en finissait pas"), (-9, "n'en finissait pas"), (-11, "inattendue")],
)
def test_la_chute_de_l_enfant_devient_une_phrase(monkeypatch, code, phrase):
    chute = subprocess.CompletedProcess([], code, stdout=b"", stderr=b"")
    monkeypatch.setattr(enclos.subprocess, "run", lambda *_, **__: chute)
    with pytest.raises(DocumentIllisible, match=phrase):
        lire_document(docx(p("x")))


def test_une_attente_trop_longue_devient_une_phrase(enclos_neuf, monkeypatch):
    monkeypatch.setattr(bornes, "SECONDES_D_ATTENTE", 0.001)
    with pytest.raises(DocumentIllisible, match="n'en finissait pas"):
        lire_document(docx(p("x")))


def test_une_archive_de_test_est_bien_un_zip():
    assert zipfile.is_zipfile(io.BytesIO(docx(p("x"))))
