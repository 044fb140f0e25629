"""Une page telle qu'on la voit :
ses signes et leur place, quelles que soient sa rotation et sa boîte.
"""

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

CARACTERES_D_UNE_PAGE = 100_000


@dataclass(frozen=True)
class Boite:
    """En points, origine en bas à gauche de la page vue."""

    gauche: float
    bas: float
    droite: float
    haut: float

    def touche(self, autre: "Boite") -> bool:
        return (
            self.gauche < autre.droite
            and autre.gauche < self.droite
            and self.bas < autre.haut
            and autre.bas < self.haut
        )

    def avec(self, autre: "Boite") -> "Boite":
        return Boite(
            min(self.gauche, autre.gauche),
            min(self.bas, autre.bas),
            max(self.droite, autre.droite),
            max(self.haut, autre.haut),
        )

    def elargie(self, marge: float) -> "Boite":
        return Boite(self.gauche - marge, self.bas - marge, self.droite + marge, self.haut + marge)


@dataclass(frozen=True)
class PageVue:
    """Le texte, un signe par caractère de la page, et la boîte de chacun ;
    un signe sans boîte est une coupure.
    """

    largeur: float
    hauteur: float
    texte: str
    boites: tuple[Boite | None, ...]
    a_des_images: bool


def voir(page: pypdfium2.PdfPage) -> PageVue:
    largeur, hauteur = page.get_size()
    texte = page.get_textpage()
    signes: list[str] = []
    boites: list[Boite | None] = []
    for rang in range(min(texte.count_chars(), CARACTERES_D_UNE_PAGE)):
        signe = chr(pdfium.FPDFText_GetUnicode(texte.raw, rang) or 0x20)
        signes.append("�" if 0xD800 <= ord(signe) <= 0xDFFF else signe)
        boites.append(_boite(page, texte, rang, largeur, hauteur))
    images = any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    return PageVue(largeur, hauteur, "".join(signes), tuple(boites), images)


def _boite(
    page: pypdfium2.PdfPage, texte: pypdfium2.PdfTextPage, rang: int, largeur: float, hauteur: float
) -> Boite | None:
    """La boîte large du signe, ramenée à la page vue ;
    rien pour un signe que la page n'écrit pas.
    """
    lache = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(texte.raw, rang, ctypes.byref(lache)):
        return None
    coins = [
        _vu(page, x, y, largeur, hauteur)
        for x in (lache.left, lache.right)
        for y in (lache.bottom, lache.top)
    ]
    xs, ys = [coin[0] for coin in coins], [coin[1] for coin in coins]
    boite = Boite(min(xs), min(ys), max(xs), max(ys))
    return boite if boite.droite > boite.gauche and boite.haut > boite.bas else None


_FINESSE = 100  # centièmes de point : `FPDF_PageToDevice` rend des entiers


def _vu(
    page: pypdfium2.PdfPage, x: float, y: float, largeur: float, hauteur: float
) -> tuple[float, float]:
    px, py = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(
        page.raw,
        0,
        0,
        round(largeur * _FINESSE),
        round(hauteur * _FINESSE),
        0,
        x,
        y,
        ctypes.byref(px),
        ctypes.byref(py),
    )
    return px.value / _FINESSE, hauteur - py.value / _FINESSE


def regions(page: PageVue, debut: int, fin: int) -> list[Boite]:
    """Les rectangles d'un passage : un par ligne."""
    lignes: list[Boite] = []
    for boite in page.boites[debut:fin]:
        if boite is None:
            continue
        if lignes and _meme_ligne(lignes[-1], boite):
            lignes[-1] = lignes[-1].avec(boite)
        else:
            lignes.append(boite)
    return lignes


def _meme_ligne(ligne: Boite, boite: Boite) -> bool:
    milieu = (boite.bas + boite.haut) / 2
    return ligne.bas <= milieu <= ligne.haut and boite.gauche >= ligne.gauche - 1
