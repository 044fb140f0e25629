"""Des lignes d'un PDF aux paragraphes : suites de lignes, césures, titres, en-têtes répétés."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from formats.lecture.cesures import reunir
from formats.lecture.lignes_pdf import Ligne
from formats.lecture.titres import niveau_dit

_PUCE = re.compile(
    r"^(?:[-–—•▪■●◦*·►➢✓❖o]\s|\d{1,2}(?:\.\d{1,2})*\s*[.)°\-–]\s|[a-zA-Z]\s?[).]\s|"
    r"(?i:lot|article|annexe)\s+(?:n|\d))"
)
_FIN = re.compile(r"[.:;!?»]\s*$")
_EN_SUSPENS = re.compile(
    r"(?:[,(]|\b(?i:et|ou|de|du|des|le|la|les|l['’]|d['’]|au|aux|par|pour|sur|en|un|une|que|qui"
    r"|art\.|n°|articles?))\s*$"
)
_CHIFFRES = re.compile(r"\d+")
_NUMERO_DE_PAGE = re.compile(r"\W*(?:page)?\W*#\W*(?:(?:sur|de)?\W*#)?\W*")
_PART_DE_MARGE = 0.12
_PAGES_POUR_REPETER = 3
_PART_DES_PAGES = 0.6
_MEME_CORPS = 0.6
_LIGNE_PLEINE = 0.80
_COLONNE = 220
_INTERLIGNE_MAXIMAL = 2.2
_INTERLIGNE_ORDINAIRE = 1.4
_ESPACE_DE_PARAGRAPHE = 1.3


@dataclass(frozen=True)
class Mesure:
    """Le corps ordinaire, l'écart ordinaire entre deux lignes (rapporté au corps),
    les bords du texte du document.
    """

    corps: float
    interligne: float
    gauche: float
    droite: float

    def est_pleine(self, ligne: Ligne, suivante: Ligne) -> bool:
        """Elle va presque jusqu'au bord, ou le premier mot de la suivante n'y tenait pas."""
        largeur = self.droite - self.gauche
        if largeur <= _COLONNE:
            return False
        caractere = (suivante.droite - suivante.gauche) / max(len(suivante.texte), 1)
        mot = (len(suivante.texte.split(maxsplit=1)[0]) + 1) * caractere
        return (
            ligne.droite - self.gauche >= _LIGNE_PLEINE * largeur
            or ligne.droite + mot > self.droite
        )


@dataclass(frozen=True)
class Bloc:
    """Un paragraphe, ou un titre de ce niveau."""

    texte: str
    page: int
    niveau: int | None = None


def sans_en_tetes_repetes(pages: list[list[Ligne]], hauteurs: list[float]) -> list[list[Ligne]]:
    """Une ligne de marge qui revient sur la plupart des pages n'est gardée qu'une fois ;
    un numéro de page, jamais.
    """
    vues: Counter[str] = Counter()
    for page, hauteur in zip(pages, hauteurs, strict=True):
        vues.update({_empreinte(ligne) for ligne in page if _en_marge(ligne, hauteur)})
    minimum = max(_PAGES_POUR_REPETER, _PART_DES_PAGES * len(pages))
    repetees = {empreinte for empreinte, fois in vues.items() if fois >= minimum}
    gardees: set[str] = set()
    nettes: list[list[Ligne]] = []
    for page, hauteur in zip(pages, hauteurs, strict=True):
        nettes.append(
            [ligne for ligne in page if not _est_de_trop(ligne, hauteur, repetees, gardees)]
        )
    return nettes


def _est_de_trop(ligne: Ligne, hauteur: float, repetees: set[str], gardees: set[str]) -> bool:
    empreinte = _empreinte(ligne)
    if not _en_marge(ligne, hauteur):
        return False
    if _NUMERO_DE_PAGE.fullmatch(empreinte):
        return True
    deja = empreinte in gardees
    gardees.update({empreinte} & repetees)
    return deja


def _empreinte(ligne: Ligne) -> str:
    return _CHIFFRES.sub("#", " ".join(ligne.texte.lower().split()))


def _en_marge(ligne: Ligne, hauteur: float) -> bool:
    return hauteur > 0 and (
        ligne.haut > hauteur * (1 - _PART_DE_MARGE) or ligne.bas < hauteur * _PART_DE_MARGE
    )


def blocs(pages: list[list[Ligne]]) -> Iterator[Bloc]:
    """Les paragraphes de toutes les pages.

    Une phrase coupée par la fin d'une page se recolle, à la page où elle commence.
    """
    toutes = [ligne for page in pages for ligne in page]
    if not toutes:
        return
    mesure = Mesure(
        corps=median(ligne.corps for ligne in toutes),
        interligne=_interligne(pages),
        gauche=min(ligne.gauche for ligne in toutes),
        droite=max(ligne.droite for ligne in toutes),
    )
    attente: Bloc | None = None
    for bloc in (bloc for page in pages if page for bloc in _blocs_d_une_page(page, mesure)):
        if attente is not None and _continue(attente, bloc):
            attente = replace(attente, texte=reunir([attente.texte, bloc.texte]))
            continue
        if attente is not None:
            yield attente
        attente = bloc
    if attente is not None:
        yield attente


def _continue(avant: Bloc, apres: Bloc) -> bool:
    if (
        apres.page <= avant.page
        or avant.niveau is not None
        or apres.niveau is not None
        or _FIN.search(avant.texte)
    ):
        return False
    suit = (
        apres.texte[0].islower()
        or apres.texte[0] == "("
        or _EN_SUSPENS.search(avant.texte) is not None
    )
    return suit and not _PUCE.match(apres.texte)


def _interligne(pages: list[list[Ligne]]) -> float:
    """L'écart ordinaire entre deux lignes d'un paragraphe, rapporté à leur corps :
    le quart le plus serré du document.
    """
    ecarts = sorted(
        (une.bas - autre.bas) / une.corps
        for page in pages
        for une, autre in pairwise(page)
        if une.corps and 0.8 * une.corps < une.bas - autre.bas < _INTERLIGNE_MAXIMAL * une.corps
    )
    return ecarts[len(ecarts) // 4] if ecarts else _INTERLIGNE_ORDINAIRE


def _blocs_d_une_page(page: list[Ligne], mesure: Mesure) -> Iterator[Bloc]:
    paragraphe: list[Ligne] = []
    for ligne in page:
        if paragraphe and not _se_suivent(paragraphe, ligne, mesure):
            yield _bloc(paragraphe, mesure.corps)
            paragraphe = []
        paragraphe.append(ligne)
    if paragraphe:
        yield _bloc(paragraphe, mesure.corps)


def _se_suivent(paragraphe: list[Ligne], ligne: Ligne, mesure: Mesure) -> bool:
    """La ligne continue le paragraphe : même corps, juste dessous, après une ligne pleine."""
    derniere = paragraphe[-1]
    if derniere.finit_par_une_cesure:
        return True
    if derniere.est_une_rangee or ligne.est_une_rangee:
        return False
    ecart = derniere.bas - ligne.bas
    juste_dessous = 0 < ecart < _ESPACE_DE_PARAGRAPHE * mesure.interligne * max(derniere.corps, 1)
    if (
        not juste_dessous
        or abs(derniere.corps - ligne.corps) > _MEME_CORPS
        or _PUCE.match(ligne.texte)
    ):
        return False
    titre = len(paragraphe) == 1 and _niveau(derniere, mesure.corps) is not None
    if titre and (
        _niveau(ligne, mesure.corps) is not None or derniere.est_grasse != ligne.est_grasse
    ):
        return False
    return mesure.est_pleine(derniere, ligne)


def _bloc(lignes: list[Ligne], corps: float) -> Bloc:
    texte = reunir([ligne.texte for ligne in lignes])
    niveau = _niveau(lignes[0], corps) if len(lignes) <= 2 else None
    return Bloc(texte=texte, page=lignes[0].page, niveau=niveau)


def _niveau(ligne: Ligne, corps: float) -> int | None:
    """Un titre est plus grand ou plus gras que le corps ; sa numérotation dit son niveau."""
    plus_grand = ligne.corps > corps * 1.08
    if ligne.est_une_rangee or not (plus_grand or ligne.est_grasse):
        return None
    dit = niveau_dit(ligne.texte)
    if dit is not None:
        return dit
    return 1 if ligne.corps > corps * 1.25 and len(ligne.texte) < 100 else None
