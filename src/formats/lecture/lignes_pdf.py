"""Les lignes d'une page de PDF, caractère par caractère :
leur texte, leur place, leur corps, leur graisse.
"""

import ctypes
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2.raw as pdfium

from formats.lecture.cesures import reunir

_CESURE = 0x02
_FIN_DE_LIGNE = {0x0A, 0x0D}
_GRAS = 600
_BLANC_DE_COLONNE = 1.8
_NUMERO = 5
_LIGNES_D_UNE_CASE = 6
_MEME_BORD = 4.0


@dataclass
class Ligne:
    """Une ligne. Les mesures sont en points ;
    `haut` croît vers le haut de la page, comme dans le PDF.

    `est_une_rangee` : un grand blanc la coupe, comme entre deux colonnes d'un tableau.
    """

    texte: str
    gauche: float
    droite: float
    bas: float
    haut: float
    corps: float
    est_grasse: bool
    est_une_rangee: bool = False
    page: int = 0

    @property
    def finit_par_une_cesure(self) -> bool:
        return self.texte.endswith("\N{SOFT HYPHEN}")


def lignes_de(page_de_texte: ctypes.Structure, maximum: int) -> list[Ligne]:
    """Les lignes dans l'ordre où le PDF les écrit ; au plus `maximum` caractères."""
    nombre = min(pdfium.FPDFText_CountChars(page_de_texte), maximum)
    lignes: list[Ligne] = []
    debut = 0
    codes = [pdfium.FPDFText_GetUnicode(page_de_texte, rang) for rang in range(max(nombre, 0))]
    for rang in range(len(codes) + 1):
        coupe = rang == len(codes) or codes[rang] in _FIN_DE_LIGNE or codes[rang] == _CESURE
        if coupe:
            cesure = rang < len(codes) and codes[rang] == _CESURE
            if ligne := _ligne(page_de_texte, codes, debut, rang, cesure=cesure):
                lignes.append(ligne)
            debut = rang + 1
    return lignes


def _ligne(
    page: ctypes.Structure, codes: list[int], debut: int, fin: int, *, cesure: bool
) -> Ligne | None:
    visibles = [rang for rang in range(debut, fin) if _est_visible(codes[rang])]
    if not visibles:
        return None
    premier, dernier = _boite(page, visibles[0]), _boite(page, visibles[-1])
    texte = "".join(_caractere(code) for code in codes[debut:fin])
    corps = pdfium.FPDFText_GetFontSize(page, visibles[0]) * _echelle(page, visibles[0])
    temoins = {visibles[0], visibles[len(visibles) // 2], visibles[-1]}
    taille = round(abs(corps), 1)
    return Ligne(
        texte=texte.strip() + ("\N{SOFT HYPHEN}" if cesure else ""),
        gauche=premier[0],
        droite=dernier[1],
        bas=min(premier[2], dernier[2]),
        haut=max(premier[3], dernier[3]),
        corps=taille,
        est_une_rangee=_a_un_grand_blanc(page, visibles, _BLANC_DE_COLONNE * taille),
        est_grasse=all(_est_gras(page, rang) for rang in temoins),
    )


def _a_un_grand_blanc(page: ctypes.Structure, visibles: list[int], largeur: float) -> bool:
    """Un blanc de colonne, et non celui qui suit le numéro d'un titre ou une puce."""
    separes = (
        (un, autre)
        for un, autre in pairwise(visibles)
        if autre - un > 1 and un - visibles[0] >= _NUMERO
    )
    return any(_boite(page, autre)[0] - _boite(page, un)[1] > largeur for un, autre in separes)


def _est_visible(code: int) -> bool:
    return code > 0x20 and code != 0xA0


def _caractere(code: int) -> str:
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def _boite(page: ctypes.Structure, rang: int) -> tuple[float, float, float, float]:
    gauche, droite, bas, haut = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(page, rang, gauche, droite, bas, haut)
    return gauche.value, droite.value, bas.value, haut.value


def _echelle(page: ctypes.Structure, rang: int) -> float:
    matrice = pdfium.FS_MATRIX()
    return float(matrice.d or 1.0) if pdfium.FPDFText_GetMatrix(page, rang, matrice) else 1.0


def _est_gras(page: ctypes.Structure, rang: int) -> bool:
    return pdfium.FPDFText_GetFontWeight(page, rang) >= _GRAS or _police_grasse(page, rang)


def _police_grasse(page: ctypes.Structure, rang: int) -> bool:
    nom = ctypes.create_string_buffer(128)
    drapeaux = ctypes.c_int()
    if pdfium.FPDFText_GetFontInfo(page, rang, nom, 128, drapeaux) <= 0:
        return False
    return any(mot in nom.value.lower() for mot in (b"bold", b"black", b"heavy", b"semibold"))


def reunir_les_rangees(lignes: list[Ligne]) -> list[Ligne]:
    """Deux morceaux à la même hauteur, l'un à droite de l'autre, sont une
    ligne : une rangée de tableau.

    Une case de plusieurs lignes s'écrit en entier avant sa voisine :
    la voisine remonte à la première ligne de la case.
    """
    reunies: list[Ligne] = []
    for ligne in lignes:
        debut = _debut_de_la_case_voisine(reunies, ligne)
        if debut is None:
            reunies.append(ligne)
        else:
            reunies[debut:] = [_en_rangee(reunies[debut:], ligne)]
    return reunies


def _debut_de_la_case_voisine(reunies: list[Ligne], ligne: Ligne) -> int | None:
    """Le rang de la ligne à la hauteur de celle-ci, si tout ce qui la suit est dans sa case."""
    for recul in range(1, min(_LIGNES_D_UNE_CASE, len(reunies)) + 1):
        premiere = reunies[-recul]
        if (
            premiere.droite - 1 > ligne.gauche
            or abs(premiere.gauche - reunies[-1].gauche) > _MEME_BORD
        ):
            return None
        if _a_la_meme_hauteur(premiere, ligne):
            return len(reunies) - recul
    return None


def _en_rangee(case: list[Ligne], voisine: Ligne) -> Ligne:
    premiere = case[0]
    droite = max(ligne.droite for ligne in case)
    return replace(
        premiere,
        texte=f"{reunir([ligne.texte for ligne in case])} {voisine.texte}",
        droite=voisine.droite,
        bas=min(voisine.bas, *(ligne.bas for ligne in case)),
        haut=max(premiere.haut, voisine.haut),
        est_grasse=premiere.est_grasse and voisine.est_grasse,
        est_une_rangee=premiere.est_une_rangee
        or len(case) > 1
        or voisine.gauche - droite > _BLANC_DE_COLONNE * premiere.corps,
    )


def _a_la_meme_hauteur(une: Ligne, autre: Ligne) -> bool:
    commune = min(une.haut, autre.haut) - max(une.bas, autre.bas)
    return commune > 0.6 * min(une.haut - une.bas, autre.haut - autre.bas)
