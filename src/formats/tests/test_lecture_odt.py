"""Ce qui se lit d'un ODT, et ce qui se dit quand quelque chose n'y est pas lu."""

import io

import odfdo
import pytest

from formats.lecture import Cellule, lacunes
from formats.lecture.lire import lire_ici
from formats.tests.documents_lus import odt


def lus(octets):
    return [paragraphe.texte for paragraphe in lire_ici(octets).paragraphes]


def p(texte, style=""):
    return f'<text:p text:style-name="{style}">{texte}</text:p>'


def test_un_document_d_odfdo_se_lit():
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Offres"))
    document.body.append(odfdo.Paragraph("Mardi"))
    document.body.append(odfdo.List(["un", "deux"]))
    flux = io.BytesIO()
    document.save(flux)

    assert [texte.removeprefix("1. ") for texte in lus(flux.getvalue())] == [
        "Offres",
        "Mardi",
        "- un",
        "- deux",
    ]


def test_les_titres_forment_une_chaine():
    corps = (
        '<text:h text:outline-level="1">4. Offres</text:h><text:h '
        'text:outline-level="2">4.2 Date</text:h>'
    ) + p("Mardi")

    assert lire_ici(odt(corps)).paragraphes[2].titre == "4. Offres › 4.2 Date"


def test_un_titre_sans_style_se_reconnait_a_son_numero_en_gras():
    gras = (
        '<style:style style:name="G"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    corps = p('<text:span text:style-name="G">4. Remise des offres</text:span>') + p("Mardi")

    assert lire_ici(odt(corps, gras)).paragraphes[1].titre == "4. Remise des offres"


def test_les_titres_numerotes_par_le_plan_ecrivent_leur_numero():
    plan = (
        "<office:styles><text:outline-style>"
        + "".join(
            (
                f'<text:outline-level-style text:level="{n}" style:num-format="1" '
                f'text:display-levels="{n}"/>'
            )
            for n in (1, 2)
        )
        + "</text:outline-style></office:styles>"
    )
    titre = '<text:h text:outline-level="{}">{}</text:h>'
    corps = titre.format(1, "Objet") + titre.format(1, "Offres") + titre.format(2, "Date")

    assert lus(odt(corps, styles=plan)) == ["1 Objet", "2 Offres", "2.1 Date"]


def test_une_liste_numerotee_ecrit_ses_numeros():
    style = (
        '<text:list-style style:name="L">'
        '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
        '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
        "</text:list-style>"
    )
    sous = f"<text:list><text:list-item>{p('sous')}</text:list-item></text:list>"
    element = "<text:list-item>{}</text:list-item>"
    elements = element.format(p("un") + sous) + element.format(p("deux"))
    corps = f'<text:list text:style-name="L">{elements}</text:list>'

    assert lus(odt(corps, style)) == ["1. un", "a) sous", "2. deux"]


def test_une_cellule_dit_sa_place_dans_le_tableau():
    case, ligne = "<table:table-cell>{}</table:table-cell>", "<table:table-row>{}</table:table-row>"
    vides = '<table:table-cell table:number-columns-repeated="2"/>'
    entete = ligne.format(case.format(p("Critère")) + vides + case.format(p("Poids")))
    suite = ligne.format(
        case.format(p("Prix")) + "<table:covered-table-cell/>" + case.format(p("60 %"))
    )
    corps = (
        "<table:table>"
        f"<table:table-header-rows>{entete}</table:table-header-rows>{suite}</table:table>"
    )

    assert [(q.texte, q.cellule) for q in lire_ici(odt(corps)).paragraphes] == [
        ("Critère", Cellule(1, 1, 1)),
        ("Poids", Cellule(1, 1, 4)),
        ("Prix", Cellule(1, 2, 1)),
        ("60 %", Cellule(1, 2, 3)),
    ]


def test_des_colonnes_repetees_a_l_infini_ne_coutent_rien():
    corps = (
        "<table:table><table:table-row><table:table-cell "
        'table:number-columns-repeated="999999999"/>'
    ) + (f"<table:table-cell>{p('fin')}</table:table-cell></table:table-row></table:table>")

    assert lire_ici(odt(corps)).paragraphes[0].cellule.colonne <= 1_001


def test_le_texte_supprime_en_suivi_ne_se_lit_pas_et_se_dit():
    region = (
        f"<text:changed-region><text:deletion>{p('12 h')}</text:deletion></text:changed-region>"
    )
    texte = lire_ici(
        odt(
            f"<text:tracked-changes>{region}</text:tracked-changes>"
            + p('avant <text:change text:change-id="c"/>16 h')
        )
    )

    assert [q.texte for q in texte.paragraphes] == ["avant 16 h"]
    assert texte.lacunes == (lacunes.MODIFICATIONS,)


@pytest.mark.parametrize(
    "cache",
    [
        p("12 h", "C"),
        p('<text:span text:style-name="C">12 h</text:span>'),
        p('<text:hidden-text text:string-value="12 h"/>'),
        f'<text:section text:display="none">{p("12 h")}</text:section>',
    ],
)
def test_le_texte_cache_ne_se_lit_pas_et_se_dit(cache):
    style = '<style:style style:name="C"><style:text-properties text:display="none"/></style:style>'
    texte = lire_ici(odt(p("visible") + cache, style))

    assert [q.texte for q in texte.paragraphes] == ["visible"]
    assert texte.lacunes == (lacunes.CACHE,)


def test_notes_cadres_liens_et_retours_a_la_ligne_se_lisent():
    corps_de_note = f"<text:note-body>{p('Hors taxes.')}</text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{corps_de_note}</text:note>"
    cadre = f"<draw:frame><draw:text-box>{p('Encadré')}</draw:text-box></draw:frame>"
    lien = '<text:a xlink:href="https://ancien.example.fr">le profil</text:a>'
    corps = p(f'Prix{note}<text:s text:c="3"/>HT{cadre}') + p(f"Voir {lien}<text:line-break/>Fin")

    assert lus(odt(corps)) == [
        "Prix HT",
        "Hors taxes.",
        "Encadré",
        "Voir le profil (https://ancien.example.fr)",
        "Fin",
    ]


def test_l_en_tete_se_lit_et_le_sommaire_non():
    sommaire = (
        f"<text:table-of-content><text:index-body>{p('1. Objet ... 2')}</text:index-body>"
        "</text:table-of-content>"
    )
    entete = f"<style:master-page><style:header>{p('Commune')}</style:header></style:master-page>"
    maitre = f"<office:master-styles>{entete}</office:master-styles>"

    assert lus(odt(sommaire + p("Objet"), styles=maitre)) == ["Objet", "Commune"]


def test_des_macros_et_des_annotations_se_disent():
    texte = lire_ici(
        odt(
            p("Objet<office:annotation><text:p>à revoir</text:p></office:annotation>"),
            **{"Basic/script-lc.xml": ""},
        )
    )

    assert [q.texte for q in texte.paragraphes] == ["Objet"]
    assert texte.lacunes == (lacunes.MACROS, lacunes.COMMENTAIRES)
