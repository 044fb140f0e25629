"""Un document en ODT, que la collectivité peut reprendre :
vrais titres, vraies tables, vrais styles.
"""

from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import TypeGuard

import odfdo

from formats import dates, opendocument
from formats.caracteres import POLICES
from formats.document import tables_odt
from formats.document.modele import (
    Bloc,
    Cadre,
    Cases,
    Document,
    Fiche,
    Formulaire,
    Liste,
    Paragraphe,
    SousTitre,
    Tableau,
    Ton,
)
from formats.document.phrases import Phrase, Segment, phrase
from formats.document.plan import CASE, Element, Titre, elements

_TONS: dict[Ton, str] = {"corps": "Text_20_body", "note": "Note", "attention": "Attention"}
_SEGMENTS = {"gras": "Gras", "source": "Source", "a_completer": "A_20_completer"}
_POLICES = ("AtkinsonHyperlegibleNext_400Regular.ttf", "AtkinsonHyperlegibleNext_700Bold.ttf")
_SAUT_DE_PAGE = (
    '<style:style style:name="apres-la-couverture" style:family="paragraph" '
    'style:parent-style-name="Heading_20_1" style:master-page-name="Standard">'
    '<style:paragraph-properties fo:break-before="page" style:page-number="auto"/></style:style>'
)
_DEUX_COLONNES = (
    '<style:style style:name="sommaire" style:family="section">'
    '<style:section-properties text:dont-balance-text-columns="false">'
    '<style:columns fo:column-count="2" fo:column-gap="0.9cm"/>'
    "</style:section-properties></style:style>"
)
_MODELE_DE_SOMMAIRE = (
    '<text:table-of-content text:name="Sommaire" text:style-name="sommaire">'
    '<text:table-of-content-source text:outline-level="1">'
    '<text:table-of-content-entry-template text:outline-level="1" text:style-name="Contents_20_1">'
    "<text:index-entry-link-start/><text:index-entry-text/>"
    '<text:index-entry-tab-stop style:type="right"/><text:index-entry-page-number/>'
    "<text:index-entry-link-end/>"
    "</text:table-of-content-entry-template></text:table-of-content-source>"
    "<text:index-body/></text:table-of-content>"
)


@cache
def _styles() -> bytes:
    return (Path(__file__).parent / "styles.xml").read_bytes()


def _habiller(fichier: odfdo.Document) -> None:
    """Les styles, et la police avec le fichier : il se lit pareil sur un poste qui ne l'a pas."""
    fichier.set_part("styles.xml", _styles())
    if fichier.container is None:
        raise ValueError("Le modèle du document n'a pas de contenu.")
    for police in _POLICES:
        fichier.container.set_part(f"Fonts/{police}", (POLICES / police).read_bytes())
        fichier.manifest.add_full_path(f"Fonts/{police}", "application/x-font-ttf")


def odt(document: Document) -> bytes:
    """L'ODT. À contenu et date égaux, les octets sont les mêmes."""
    fichier = odfdo.Document("text")
    _habiller(fichier)
    opendocument.dater(
        fichier, titre=f"{document.titre}, {document.objet}", etabli_le=document.etabli_le
    )
    fichier.meta.initial_creator = document.emetteur.nom
    fichier.meta.subject = document.objet
    _signer_le_pied(fichier, document)
    automatiques = opendocument.automatiques(fichier)
    for style in (_SAUT_DE_PAGE, _DEUX_COLONNES, *tables_odt.STYLES):
        automatiques.append(odfdo.Element.from_tag(style))
    corps = fichier.body
    corps.clear()
    for element in _elements(document):
        corps.append(element)
    tables_odt.numeroter(corps)
    for style in tables_odt.styles_de_colonnes(corps):
        automatiques.append(odfdo.Element.from_tag(style))
    return opendocument.octets(fichier)


def _signer_le_pied(fichier: odfdo.Document, document: Document) -> None:
    pied = fichier.styles.get_element("//style:footer//text:span")
    if pied is None:
        raise ValueError("Le modèle de styles n'a pas de pied de page.")
    pied.text = document.pied


def _elements(document: Document) -> list[odfdo.Element]:
    rendus: list[odfdo.Element] = [*_en_tete(document)]
    for bloc in document.ouverture:
        rendus += _rendre(bloc)
    suite = list(elements(document))
    if document.couverture:
        rendus += _sommaire(
            [element for element in suite if isinstance(element, Titre) and element.niveau == 1]
        )
    premier = document.couverture
    rang = 0
    for element, suivant in zip_longest(suite, suite[1:]):
        if isinstance(element, Titre):
            rang += element.niveau == 1
            style = "apres-la-couverture" if premier else f"Heading_20_{element.niveau}"
            rendus.append(
                _titre(element, style, repere=f"chapitre-{rang}" if element.niveau == 1 else "")
            )
            premier = False
        elif _annonce(element, suivant):
            rendus.append(paragraphe(element.phrase, "Annonce"))
        else:
            rendus += _rendre(element)
    return rendus


def _annonce(element: Element, suivant: Element | None) -> TypeGuard[Paragraphe]:
    """Une phrase qui annonce une liste reste sur la même page qu'elle."""
    return (
        isinstance(element, Paragraphe)
        and element.ton == "corps"
        and isinstance(suivant, Liste | Cases)
    )


def _en_tete(document: Document) -> list[odfdo.Element]:
    etabli = f"Document établi le {dates.jour(document.etabli_le)}"
    reference = (
        f"{document.nature} {document.reference}. {etabli}" if document.reference else etabli
    )
    lignes: list[odfdo.Element] = [paragraphe(phrase(document.emetteur.nom), "Emetteur")]
    if document.emetteur.coordonnees:
        lignes.append(paragraphe(phrase(document.emetteur.coordonnees), "Coordonnees"))
    lignes.append(paragraphe(phrase(reference), "Coordonnees"))
    lignes.append(paragraphe(phrase(document.titre), "Title"))
    lignes.append(paragraphe(phrase(document.objet), "Subtitle"))
    return lignes


def _titre(titre: Titre, style: str, *, repere: str) -> odfdo.Element:
    tete = odfdo.Header(titre.niveau)
    tete.style = style
    if repere:
        tete.append(odfdo.Bookmark(repere))
    tete.append_plain_text(titre.texte)
    return tete


def _sommaire(titres: list[Titre]) -> list[odfdo.Element]:
    table = odfdo.Element.from_tag(_MODELE_DE_SOMMAIRE)
    entrees = table.get_element("text:index-body")
    if entrees is None:
        raise ValueError("Le modèle de sommaire n'a pas de corps.")
    for rang, titre in enumerate(titres, start=1):
        ligne = odfdo.Paragraph(style="Contents_20_1")
        renvoi = odfdo.Link(f"#chapitre-{rang}", text=titre.texte, text_style="Index_20_Link")
        ligne.append(renvoi)
        entrees.append(ligne)
    return [paragraphe(phrase("Sommaire"), "Contents_20_Heading"), table]


def _rendre(element: Element | Bloc) -> list[odfdo.Element]:
    match element:
        case Titre() | SousTitre():
            texte = element.texte if isinstance(element, Titre) else element.titre
            return [_titre(Titre(2, texte), "Heading_20_2", repere="")]
        case Paragraphe():
            return [paragraphe(element.phrase, _TONS[element.ton])]
        case Liste():
            return [_liste(element)]
        case Cadre():
            suite = [paragraphe(precision, "Cadre") for precision in element.precisions]
            fort = paragraphe(element.phrase, "Cadre_20_fort")
            return [
                paragraphe(phrase(element.intitule), "Cadre"),
                fort,
                *suite,
                paragraphe((), "Standard"),
            ]
        case Cases():
            return [
                paragraphe(phrase(Segment(f"{CASE} "), choix), "Case") for choix in element.choix
            ]
        case Fiche():
            lignes = [
                (paragraphe(phrase(n), "Nom"), paragraphe(v, "Table_20_Contents"))
                for n, v in element.lignes
            ]
            return [tables_odt.fiche(lignes)]
        case Formulaire():
            champs = [paragraphe(phrase(champ), "Nom") for champ in element.champs]
            legende = [paragraphe(phrase(element.legende), "Legende")] if element.legende else []
            return [*legende, tables_odt.formulaire(champs, lignes=element.lignes)]
        case Tableau():
            return _tableau(element)


def _liste(liste: Liste) -> odfdo.Element:
    puces = odfdo.List(style="Puces")
    for element in liste.elements:
        puce = odfdo.ListItem()
        puce.append(paragraphe(element, "Element"))
        puces.append(puce)
    return puces


def _tableau(tableau: Tableau) -> list[odfdo.Element]:
    def style(rang: int, gauche: str, droite: str) -> str:
        return droite if rang in tableau.a_droite else gauche

    entetes = [
        paragraphe(phrase(entete), style(rang, "Table_20_Heading", "Tete_20_de_20_nombre"))
        for rang, entete in enumerate(tableau.entetes)
    ]
    lignes = [
        [
            paragraphe(cellule, style(rang, "Table_20_Contents", "Nombre"))
            for rang, cellule in enumerate(ligne)
        ]
        for ligne in tableau.lignes
    ]
    legende = [paragraphe(phrase(tableau.legende), "Legende")] if tableau.legende else []
    return [*legende, tables_odt.tableau(entetes, lignes, largeurs=tableau.largeurs)]


def paragraphe(segments: Phrase, style: str) -> odfdo.Paragraph:
    """Un paragraphe et ses segments, chacun dans son style de caractère."""
    rendu = odfdo.Paragraph(style=style)
    for segment in segments:
        if segment.sorte == "texte":
            rendu.append_plain_text(segment.texte)
        elif segment.sorte == "lien":
            rendu.append(_lien(segment))
        else:
            rendu.append(odfdo.Span(segment.texte, style=_SEGMENTS[segment.sorte]))
    return rendu


def _lien(segment: Segment) -> odfdo.Element:
    return odfdo.Link(segment.cible, text=segment.texte, text_style="Internet_20_link")
