"""Lire un PDF, page par page. Ne s'appelle que dans l'enclos : le lecteur de PDF est écrit en C."""

import pypdfium2
import pypdfium2.raw as pdfium

from formats.lecture import bornes, lacunes, refus
from formats.lecture.assemblage import Assemblage
from formats.lecture.lignes_pdf import Ligne, lignes_de, reunir_les_rangees
from formats.lecture.pages_pdf import blocs, sans_en_tetes_repetes
from formats.lecture.texte import Texte

_CARACTERES_D_UNE_PAGE = 60_000
_PAGE_PRESQUE_VIDE = 8
_OBJETS_REGARDES = 500


def lire(octets: bytes) -> Texte:
    document = ouvrir(octets)
    nombre = len(document)
    pages: list[list[Ligne]] = []
    hauteurs: list[float] = []
    images: list[int] = []
    abimees: list[int] = []
    for rang in range(min(nombre, bornes.PAGES)):
        lue = _lire_une_page(document, rang)
        if lue is None:
            abimees.append(rang + 1)
            continue
        lignes, hauteur, est_une_image = lue
        pages.append(lignes)
        hauteurs.append(hauteur)
        if est_une_image:
            images.append(rang + 1)
    if not any(pages):
        raise (
            refus.sans_texte(nombre) if images else refus.abime("PDF") if abimees else refus.vide()
        )
    return _assembler(document, pages, hauteurs, images, abimees)


def _assembler(
    document: pypdfium2.PdfDocument,
    pages: list[list[Ligne]],
    hauteurs: list[float],
    images: list[int],
    abimees: list[int],
) -> Texte:
    rendu = Assemblage("pdf")
    for bloc in blocs(sans_en_tetes_repetes(pages, hauteurs)):
        if bloc.niveau is None:
            rendu.paragraphe(bloc.texte, page=bloc.page)
        else:
            rendu.titre(bloc.texte, niveau=bloc.niveau, page=bloc.page)
    if images:
        rendu.lacune(lacunes.pages_sans_texte(images))
    if abimees:
        rendu.lacune(lacunes.pages_abimees(abimees))
    if len(document) > bornes.PAGES:
        rendu.lacune(lacunes.pages_au_dela(bornes.PAGES, len(document)))
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        rendu.lacune(lacunes.FORMULAIRE)
    return rendu.texte()


def ouvrir(octets: bytes) -> pypdfium2.PdfDocument:
    """Lève `DocumentIllisible` : protégé par un mot de passe, ou abîmé."""
    try:
        return pypdfium2.PdfDocument(octets)
    except pypdfium2.PdfiumError as panne:
        if panne.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise refus.protege() from panne
        raise refus.abime("PDF") from panne


def _lire_une_page(
    document: pypdfium2.PdfDocument, rang: int
) -> tuple[list[Ligne], float, bool] | None:
    """Les lignes, la hauteur, et si la page est une image ; `None` si la page est abîmée."""
    try:
        page = document[rang]
        texte = page.get_textpage()
    except pypdfium2.PdfiumError:
        return None
    lignes = reunir_les_rangees(lignes_de(texte.raw, _CARACTERES_D_UNE_PAGE))
    for ligne in lignes:
        ligne.page = rang + 1
    visibles = sum(len(ligne.texte) for ligne in lignes)
    est_une_image = visibles < _PAGE_PRESQUE_VIDE and _a_une_image(page)
    hauteur = page.get_height()
    texte.close()
    page.close()
    return lignes, hauteur, est_une_image


def _a_une_image(page: pypdfium2.PdfPage) -> bool:
    objets = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    return any(True for _, _ in zip(range(_OBJETS_REGARDES), objets, strict=False))
