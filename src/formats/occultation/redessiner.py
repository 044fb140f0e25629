"""Refaire une page sans les passages ôtés :
une image noircie, et les mots qui restent, invisibles, par-dessus.
"""

import ctypes
import io
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from formats.occultation.page_vue import Boite, PageVue

POINTS_PAR_POUCE = 72
NOIR = (0, 0, 0, 255)
# Un rectangle juste n'ôterait pas l'ombre d'une jambe de lettre.
MARGE = 1.0
TEXTE_INVISIBLE = 3  # ISO 32000-1, table 106


def redessiner(
    page: pypdfium2.PdfPage, vue: PageVue, zones: Sequence[Boite], *, finesse: int
) -> bytes:
    """Le PDF d'une page, à `finesse` points par pouce."""
    document = pypdfium2.PdfDocument.new()
    neuve = document.new_page(vue.largeur, vue.hauteur)
    larges = [zone.elargie(MARGE) for zone in zones]
    _poser_l_image(document, neuve, _image(page, vue, larges, finesse / POINTS_PAR_POUCE), vue)
    for mot, boite in mots(vue):
        if not any(boite.touche(zone) for zone in larges):
            _poser_le_mot(document, neuve, mot, boite)
    neuve.gen_content()
    sortie = io.BytesIO()
    document.save(sortie)
    document.close()
    return sortie.getvalue()


def _image(
    page: pypdfium2.PdfPage, vue: PageVue, zones: Sequence[Boite], echelle: float
) -> pypdfium2.PdfBitmap:
    image = page.render(scale=echelle, draw_annots=True)
    for zone in zones:
        haut = round((vue.hauteur - zone.haut) * echelle)
        gauche = round(zone.gauche * echelle)
        image.fill_rect(
            NOIR,
            gauche,
            haut,
            round(zone.droite * echelle) - gauche,
            round((vue.hauteur - zone.bas) * echelle) - haut,
        )
    return image


def _poser_l_image(
    document: pypdfium2.PdfDocument,
    page: pypdfium2.PdfPage,
    image: pypdfium2.PdfBitmap,
    vue: PageVue,
) -> None:
    objet = pypdfium2.PdfImage.new(document)
    objet.set_bitmap(image)
    objet.set_matrix(pypdfium2.PdfMatrix().scale(vue.largeur, vue.hauteur))
    page.insert_obj(objet)


def mots(vue: PageVue) -> Iterator[tuple[str, Boite]]:
    """Les mots de la page et leur rectangle, dans l'ordre où elle les écrit."""
    lettres: list[str] = []
    boite: Boite | None = None
    for signe, place in zip(vue.texte, vue.boites, strict=True):
        if place is None or signe.isspace() or (boite is not None and not _suit(boite, place)):
            if boite is not None:
                yield "".join(lettres), boite
            lettres, boite = [], None
        if place is not None and not signe.isspace():
            lettres.append(signe)
            boite = place if boite is None else boite.avec(place)
    if boite is not None:
        yield "".join(lettres), boite


def _suit(boite: Boite, place: Boite) -> bool:
    return boite.bas <= (place.bas + place.haut) / 2 <= boite.haut and place.gauche >= boite.gauche


def _poser_le_mot(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, mot: str, boite: Boite
) -> None:
    """Dans une police que tout lecteur a ;
    les signes qu'elle n'a pas ne se cherchent plus, mais se voient.
    """
    police = pdfium.FPDFText_LoadStandardFont(document.raw, b"Helvetica")
    objet = pdfium.FPDFPageObj_CreateTextObj(
        document.raw, police, ctypes.c_float(boite.haut - boite.bas)
    )
    ecrit = (mot + " ").encode("utf-16-le") + b"\0\0"
    tampon = ctypes.create_string_buffer(ecrit)
    pdfium.FPDFText_SetText(objet, ctypes.cast(tampon, ctypes.POINTER(ctypes.c_ushort)))
    pdfium.FPDFTextObj_SetTextRenderMode(objet, TEXTE_INVISIBLE)
    descendante = (boite.haut - boite.bas) * 0.2
    pdfium.FPDFPageObj_Transform(objet, 1, 0, 0, 1, boite.gauche, boite.bas + descendante)
    pdfium.FPDFPage_InsertObject(page.raw, objet)
    pdfium.FPDFFont_Close(police)
