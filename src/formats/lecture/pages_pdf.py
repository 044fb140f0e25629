"""Des lignes d'un PDF aux paragraphes : suites de lignes, césures, titres, en-têtes répétés."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median

from formats.lecture.lignes_pdf import Ligne
from formats.lecture.titres import niveau_dit

_PUCE = re.compile(
    r"^(?:[-–—•▪■●◦*·►➢✓❖o]\s|\d{1,2}(?:\.\d{1,2})*\s*[.)°\-–]\s|[a-zA-Z]\s?[).]\s|(?i:lot|article|annexe)\s+(?:n|\d))"
)
_FIN = re.compile(r"[.:;!?»]\s*$")
_PREFIXES_COMPOSES = re.compile(
    r"(?i)(?:^|[\s'’(])(?:sous|non|co|mi|demi|semi|avant|après|arrière|contre|vice|ci|là|celui|celle|ceux|saint|sainte|lui|grand"
    r"|haut|bas|rendez|vis|c'est|est|quasi|ex|entre|porte|chef|main|rez|procès|mots?|e|dix|vingt|trente|quarante|soixante"
    r"|cinquante|quatre|peut|plate|au|par|et|jusque|nord|sud|pas|hauts|accord|accords|temps|technico|socio|multi|anti)-$"
)
_CHIFFRES = re.compile(r"\d+")
_PART_DE_MARGE = 0.12
_PAGES_POUR_REPETER = 3
_PART_DES_PAGES = 0.6
_LIGNE_PLEINE = 0.80
_INTERLIGNE = 1.9


@dataclass(frozen=True)
class Bloc:
    """Un paragraphe, ou un titre de ce niveau."""

    texte: str
    page: int
    niveau: int | None = None


def sans_en_tetes_repetes(pages: list[list[Ligne]], hauteurs: list[float]) -> list[list[Ligne]]:
    """Une ligne de marge qui revient sur la plupart des pages n'est gardée qu'une fois ; un numéro de page, jamais."""
    vues: Counter[str] = Counter()
    for page, hauteur in zip(pages, hauteurs, strict=True):
        vues.update({_empreinte(ligne) for ligne in page if _en_marge(ligne, hauteur)})
    minimum = max(_PAGES_POUR_REPETER, _PART_DES_PAGES * len(pages))
    repetees = {empreinte for empreinte, fois in vues.items() if fois >= minimum}
    gardees: set[str] = set()
    nettes: list[list[Ligne]] = []
    for page, hauteur in zip(pages, hauteurs, strict=True):
        nettes.append([ligne for ligne in page if not _est_de_trop(ligne, hauteur, repetees, gardees)])
    return nettes


def _est_de_trop(ligne: Ligne, hauteur: float, repetees: set[str], gardees: set[str]) -> bool:
    empreinte = _empreinte(ligne)
    if empreinte not in repetees or not _en_marge(ligne, hauteur):
        return False
    deja = empreinte in gardees or re.fullmatch(r"(?:page)?\W*#?\W*(?:(?:sur|/|de)?\W*#)?\W*", empreinte) is not None
    gardees.add(empreinte)
    return deja


def _empreinte(ligne: Ligne) -> str:
    return _CHIFFRES.sub("#", " ".join(ligne.texte.lower().split()))


def _en_marge(ligne: Ligne, hauteur: float) -> bool:
    return hauteur > 0 and (ligne.haut > hauteur * (1 - _PART_DE_MARGE) or ligne.bas < hauteur * _PART_DE_MARGE)


def blocs(pages: list[list[Ligne]]) -> Iterator[Bloc]:
    """Les paragraphes de toutes les pages. Une phrase coupée par la fin d'une page se recolle, à la page où elle commence."""
    toutes = [ligne for page in pages for ligne in page]
    if not toutes:
        return
    corps = median(ligne.corps for ligne in toutes)
    attente: Bloc | None = None
    for bloc in (bloc for page in pages if page for bloc in _blocs_d_une_page(page, corps)):
        if attente is not None and _continue(attente, bloc):
            attente = replace(attente, texte=reunir([attente.texte, bloc.texte]))
            continue
        if attente is not None:
            yield attente
        attente = bloc
    if attente is not None:
        yield attente


def _continue(avant: Bloc, apres: Bloc) -> bool:
    coupe = apres.page > avant.page and not _FIN.search(avant.texte)
    return coupe and avant.niveau is None and apres.niveau is None and apres.texte[:1].islower()


def _blocs_d_une_page(page: list[Ligne], corps: float) -> Iterator[Bloc]:
    droite = max(ligne.droite for ligne in page)
    gauche = min(ligne.gauche for ligne in page)
    paragraphe: list[Ligne] = []
    for ligne in page:
        if paragraphe and not _se_suivent(paragraphe, ligne, corps, gauche, droite):
            yield _bloc(paragraphe, corps)
            paragraphe = []
        paragraphe.append(ligne)
    if paragraphe:
        yield _bloc(paragraphe, corps)


def _se_suivent(paragraphe: list[Ligne], ligne: Ligne, corps: float, gauche: float, droite: float) -> bool:
    """La ligne continue le paragraphe : même corps, juste dessous, après une ligne pleine."""
    derniere = paragraphe[-1]
    if derniere.finit_par_une_cesure:
        return True
    interligne = derniere.bas - ligne.bas
    if not 0 < interligne < _INTERLIGNE * max(derniere.corps, corps, 1) or abs(derniere.corps - ligne.corps) > 0.6:
        return False
    if _PUCE.match(ligne.texte) or (derniere.est_grasse != ligne.est_grasse and niveau_dit(derniere.texte)):
        return False
    if _niveau(derniere, corps) is not None and len(paragraphe) == 1:
        return (
            _niveau(ligne, corps) is None
            and derniere.corps == ligne.corps
            and derniere.est_grasse == ligne.est_grasse
            and _est_pleine(derniere, gauche, droite)
        )
    return _est_pleine(derniere, gauche, droite)


def _est_pleine(ligne: Ligne, gauche: float, droite: float) -> bool:
    return ligne.droite - gauche >= _LIGNE_PLEINE * (droite - gauche)


def _bloc(lignes: list[Ligne], corps: float) -> Bloc:
    texte = reunir([ligne.texte for ligne in lignes])
    niveau = _niveau(lignes[0], corps) if len(lignes) <= 2 else None
    return Bloc(texte=texte, page=lignes[0].page, niveau=niveau)


def _niveau(ligne: Ligne, corps: float) -> int | None:
    """Un titre est plus grand ou plus gras que le corps ; sa numérotation dit son niveau."""
    plus_grand = ligne.corps > corps * 1.08
    if not (plus_grand or ligne.est_grasse):
        return None
    dit = niveau_dit(ligne.texte)
    if dit is not None:
        return dit
    return 1 if ligne.corps > corps * 1.25 and len(ligne.texte) < 100 else None


def reunir(lignes: list[str]) -> str:
    """Les lignes bout à bout : une césure se recolle, un mot composé garde son trait d'union."""
    texte = ""
    for ligne in lignes:
        if texte.endswith("\N{SOFT HYPHEN}"):
            texte = _recoller(texte[:-1] + "-", ligne)
        elif texte.endswith("-") and re.search(r"\w-$", texte):
            texte = _recoller(texte, ligne)
        else:
            texte = f"{texte} {ligne}" if texte else ligne
    return texte.removesuffix("\N{SOFT HYPHEN}")


def _recoller(texte: str, suite: str) -> str:
    garde = not suite[:1].islower() or _PREFIXES_COMPOSES.search(texte) is not None
    return (texte if garde else texte[:-1]) + suite
