"""Ce qui se lit d'un DOCX, et ce qui se dit quand quelque chose n'y est pas lu."""

import io

import docx as python_docx
import pytest

from formats.lecture import Cellule, lacunes
from formats.lecture.lire import lire_ici
from formats.tests.documents_lus import docx, p

TITRE_1 = '<w:pStyle w:val="T1"/>'
STYLES = (
    '<w:style w:styleId="T1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="T2"><w:name w:val="Titre article"/><w:basedOn w:val="T3"/></w:style>'
    '<w:style w:styleId="T3"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:styleId="TM1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:styleId="Cache"><w:name w:val="cache"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


def lus(octets):
    return [paragraphe.texte for paragraphe in lire_ici(octets).paragraphes]


def test_les_titres_forment_une_chaine():
    texte = lire_ici(
        docx(
            p("4. Offres", TITRE_1) + p("4.2 Date", '<w:pStyle w:val="T2"/>') + p("Mardi"),
            styles=STYLES,
        )
    )

    assert texte.paragraphes[2].titre == "4. Offres › 4.2 Date"
    assert texte.paragraphes[2].place == "sous « 4. Offres › 4.2 Date », paragraphe 3"


def test_un_titre_sans_style_se_reconnait_a_son_numero_en_gras():
    texte = lire_ici(docx(p("ARTICLE 4 – REMISE DES OFFRES", passage="<w:b/>") + p("Mardi")))

    assert texte.paragraphes[1].titre == "ARTICLE 4 – REMISE DES OFFRES"


def test_un_document_de_python_docx_se_lit():
    document = python_docx.Document()
    document.add_heading("1. Objet", 1)
    document.add_paragraph("Premier", style="List Number")
    document.add_paragraph("Second", style="List Number")
    document.add_paragraph("Puce", style="List Bullet")
    flux = io.BytesIO()
    document.save(flux)

    assert lus(flux.getvalue()) == ["1. Objet", "1. Premier", "2. Second", "- Puce"]


def test_une_cellule_dit_sa_place_dans_le_tableau():
    case = "<w:tc>{}</w:tc>"
    ligne = "<w:tr>{}</w:tr>"
    large = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("Barème")}</w:tc>'
    seconde = ligne.format(case.format(p("Prix")) + case.format(p("60 %")))
    tableau = f"<w:tbl>{ligne.format(large)}{seconde}</w:tbl>"

    assert [(q.texte, q.cellule) for q in lire_ici(docx(tableau)).paragraphes] == [
        ("Barème", Cellule(1, 1, 1)),
        ("Prix", Cellule(1, 2, 1)),
        ("60 %", Cellule(1, 2, 2)),
    ]


def test_une_liste_a_plusieurs_niveaux_ecrit_ses_numeros():
    niveaux = "".join(
        (
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{f}"/><w:lvlText '
            f'w:val="{t}"/></w:lvl>'
        )
        for i, f, t in ((0, "decimal", "%1."), (1, "lowerLetter", "%1.%2)"))
    )
    liste = (
        f'<w:abstractNum w:abstractNumId="0">{niveaux}</w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
    )
    rang = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="5"/></w:numPr>'
    corps = "".join(
        p(t, rang.format(r))
        for t, r in (("un", 0), ("deux", 0), ("sous", 1), ("sous", 1), ("trois", 0))
    )

    assert lus(docx(corps, numbering=liste)) == [
        "1. un",
        "2. deux",
        "2.a) sous",
        "2.b) sous",
        "3. trois",
    ]


def test_le_texte_supprime_en_suivi_ne_se_lit_pas_et_se_dit():
    supprime = "<w:del><w:r><w:delText>12 h</w:delText></w:r></w:del>"
    ajoute = "<w:ins><w:r><w:t>16 h</w:t></w:r></w:ins>"
    texte = lire_ici(docx(f"<w:p><w:r><w:t>avant </w:t></w:r>{supprime}{ajoute}</w:p>"))

    assert [q.texte for q in texte.paragraphes] == ["avant 16 h"]
    assert texte.lacunes == (lacunes.MODIFICATIONS,)


@pytest.mark.parametrize(
    "cache",
    [
        p("12 h", passage="<w:vanish/>"),
        p("12 h", '<w:pStyle w:val="Cache"/>'),
        p("12 h", passage='<w:rStyle w:val="Cache"/>'),
    ],
)
def test_le_texte_cache_ne_se_lit_pas_et_se_dit(cache):
    texte = lire_ici(docx(p("visible") + cache, styles=STYLES))

    assert [q.texte for q in texte.paragraphes] == ["visible"]
    assert texte.lacunes == (lacunes.CACHE,)


def test_une_zone_de_texte_se_lit_une_fois():
    zone = f"<w:txbxContent>{p('Avant le 15/12/2026')}</w:txbxContent>"
    double = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{zone}</wps:txbx>"
        "</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{zone}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )

    assert lus(docx(f"<w:p><w:r><w:t>Encadré</w:t></w:r><w:r>{double}</w:r></w:p>")) == [
        "Encadré",
        "Avant le 15/12/2026",
    ]


def test_une_note_de_bas_de_page_suit_son_paragraphe():
    corps = '<w:p><w:r><w:t>Prix</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p(
        "Suite"
    )
    notes = f'<w:footnote w:id="2">{p("Hors taxes.")}</w:footnote>'

    assert lus(docx(corps, footnotes=notes)) == ["Prix", "Hors taxes.", "Suite"]


def test_l_adresse_derriere_un_lien_se_lit():
    relations = (
        '<Relationships><Relationship Id="rId9" TargetMode="External" '
        'Target="https://ancien.example.fr"/></Relationships>'
    )
    corps = '<w:p><w:hyperlink r:id="rId9"><w:r><w:t>le profil</w:t></w:r></w:hyperlink></w:p>'

    assert lus(docx(corps, **{"word/_rels/document.xml.rels": relations})) == [
        "le profil (https://ancien.example.fr)"
    ]


def test_un_retour_a_la_ligne_separe_deux_paragraphes():
    corps = "<w:p><w:r><w:t>Lot n° 1</w:t><w:br/><w:t>Lot n° 2</w:t></w:r></w:p>"

    assert lus(docx(corps)) == ["Lot n° 1", "Lot n° 2"]


def test_le_sommaire_ne_se_lit_pas_deux_fois_et_l_en_tete_se_lit_une_fois():
    corps = p("1. Objet ..... 3", '<w:pStyle w:val="TM1"/>') + p("1. Objet", TITRE_1)
    texte = lire_ici(docx(corps, styles=STYLES, header1=p("Commune de Saint-Ambroise")))

    assert [(q.texte, q.titre) for q in texte.paragraphes] == [
        ("1. Objet", "1. Objet"),
        ("Commune de Saint-Ambroise", "En-tête et pied de page"),
    ]


def test_des_macros_et_des_commentaires_se_disent():
    corps = '<w:p><w:r><w:t>Objet</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    texte = lire_ici(docx(corps, comments="", **{"word/vbaProject.bin": b"\x00"}))

    assert texte.lacunes == (lacunes.MACROS, lacunes.COMMENTAIRES)
    assert not texte.est_entier


def test_les_caracteres_invisibles_et_les_espaces_multiples_disparaissent():
    assert lus(docx(p("dé\u00adpôt\u200b   des\u00a0 plis, \ufb01n"))) == ["dépôt des plis, fin"]


def test_une_imbrication_de_zones_ne_se_lit_pas_plusieurs_fois():
    interieur = p("au fond")
    for _ in range(12):
        interieur = (
            f"<w:p><w:r><w:pict><w:txbxContent>{interieur}</w:txbxContent></w:pict></w:r></w:p>"
        )

    assert lus(docx(interieur)) == ["au fond"]
