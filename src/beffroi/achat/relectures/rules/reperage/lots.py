"""Les lots qu'un texte nomme, et combien il en annonce."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from beffroi.achat.relectures.rules.reperage.trouvaille import (
    Trouvaille,
    chercher,
    chercher_dans,
    plier,
)
from formats.lecture import Paragraphe, Texte

_LIGNE = re.compile(
    r"^[\s\-–•▪*]*lot\s*(?:n\s?[°o]\.?\s?)?(?P<numero>\d{1,3})\s*(?:[:\-–.,)(]|\s)\s*"
    r"(?P<intitule>[^|]{3,200})$"
)
_CELLULE = re.compile(r"^\s*(?:lot\s*)?(?:n\s?[°o]\.?\s?)?0?(?P<numero>\d{1,3})\s*$")
_ENTETE_DE_LOTS = re.compile(
    r"^\s*(?:n\s?[°o]\s*(?:du\s+|de\s+)?)?lots?\b|^\s*n\s?[°o]\s*$|^\s*numero\b"
)
# Dans un PDF, une rangée de tableau est une ligne :
# « Lot Désignation CPV », puis « 1 Gros œuvre 45223220 ».
_ENTETE_EN_LIGNE = re.compile(
    r"^(?:n\s?[°o]\s*(?:du\s+|de\s+)?)?lots?\b[^.:;]{0,20}\b"
    r"(?:designations?|intitules?|objets?|libelles?|descriptions?)\b[^.;]{0,60}$"
)
_RANGEE = re.compile(
    r"^(?:lot\s*)?(?:n\s?[°o]\.?\s?)?0?(?P<numero>\d{1,3})\s+(?P<intitule>[a-z].{2,200})$"
)
LIGNES_PAR_RANGEE, LONGUEUR_D_UN_BOUT = 6, 60
_FIN_DE_RANGEE = re.compile(
    r"(?:\s+\d{8}(?:-\d)?|\s+[\d ]{1,12}(?:,\d{2})?\s?(?:€|euros?)(?:\s?ht)?)+$"
)
_NOMBRES = {
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "onze": 11,
    "douze": 12,
    "treize": 13,
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
    "vingt": 20,
}
_ANNONCE = re.compile(
    rf"\b(?:en|comporte|comprend|compte|de|les|nombre\s+de\s+lots\s*:?)\s+"
    rf"(?:(?P<chiffres>\d{{1,3}})|(?P<lettres>{'|'.join(_NOMBRES)}))"
    r"(?:\s*\(\s?\w+\s?\))?\s+lots\b"
)
_CONTEXTE_D_ANNONCE = re.compile(
    r"\b(?:allot\w+|decompos\w+|divis\w+|repart\w+|fraction\w+|separes?|comporte|comprend|compte"
    r"|consultation|marche|prestations|travaux)\b"
)
_PAS_LE_TOTAL = re.compile(
    r"maximum|au\s+plus|plusieurs|limite|attribu|ne\s+peu|un\s+ou\b|plus\s+de"
)


_CPV = re.compile(r"(?<!\d)\d{8}(?:-\d)?(?!\d)")


@dataclass(frozen=True, kw_only=True)
class LotEcrit:
    """Un lot, son numéro et son intitulé.

    `cpv` : les codes écrits sur sa ligne ; `ligne` : tout ce qu'elle dit.
    """

    numero: int
    intitule: str
    ligne: str = ""

    @property
    def cpv(self) -> tuple[str, ...]:
        return tuple(code[:8] for code in _CPV.findall(self.ligne))


def lots(texte: Texte) -> tuple[Trouvaille[LotEcrit], ...]:
    """Les lots que le texte nomme avec leur intitulé : en liste (« Lot
    n° 1 : … ») ou en tableau.
    """
    trouves: list[Trouvaille[LotEcrit]] = []
    lignes = _lignes_de_tableau(texte)
    for paragraphe in texte.paragraphes:
        trouves += chercher_dans(paragraphe, _LIGNE, _lot_de(paragraphe))
        if paragraphe.cellule and paragraphe.cellule.colonne == 1:
            trouves += _lot_d_une_ligne(paragraphe, lignes)
    deja = {trouve.paragraphe.numero for trouve in trouves}
    trouves += (rangee for rangee in _rangees(texte) if rangee.paragraphe.numero not in deja)
    return tuple(sorted(trouves, key=lambda trouve: trouve.paragraphe.numero))


def _rangees(texte: Texte) -> Iterator[Trouvaille[LotEcrit]]:
    """Les rangées d'un tableau de lots lu ligne à ligne,
    jusqu'à la première ligne qui n'en est pas une.
    """
    for rangee in _groupes(texte):
        yield from chercher_dans(rangee[0], _RANGEE, _lot_de_la_rangee(rangee))


def _groupes(texte: Texte) -> list[list[Paragraphe]]:
    """Les lignes de chaque rangée :
    une cellule étroite se replie (« 2 Couverture et », « étanchéité », « 45261210 »).
    """
    groupes: list[list[Paragraphe]] = []
    dans_le_tableau = commencee = False
    for paragraphe in texte.paragraphes:
        plie = plier(paragraphe.texte)
        if paragraphe.cellule is None and _ENTETE_EN_LIGNE.match(plie):
            dans_le_tableau, commencee = True, False
        elif dans_le_tableau and _RANGEE.match(plie):
            groupes.append([paragraphe])
            commencee = True
        elif dans_le_tableau and commencee and _continue(paragraphe, groupes[-1]):
            groupes[-1].append(paragraphe)
        else:
            dans_le_tableau = False
    return groupes


def _continue(paragraphe: Paragraphe, rangee: list[Paragraphe]) -> bool:
    """Un bout de cellule est court, n'est pas une phrase, et ne change pas de titre ;
    un code ou un prix finit la rangée.
    """
    bout = paragraphe.texte.rstrip()
    return (
        len(rangee) < LIGNES_PAR_RANGEE
        and not _FIN_DE_RANGEE.search(plier(_ligne(rangee)))
        and len(bout) <= LONGUEUR_D_UN_BOUT
        and not bout.endswith((".", ":", ";"))
        and paragraphe.titre == rangee[0].titre
    )


def _ligne(rangee: list[Paragraphe]) -> str:
    return " ".join(paragraphe.texte for paragraphe in rangee)


def _lot_de_la_rangee(rangee: list[Paragraphe]) -> Callable[[re.Match[str]], LotEcrit]:
    ligne = _ligne(rangee)

    def lire(trouve: re.Match[str]) -> LotEcrit:
        fin = _FIN_DE_RANGEE.search(plier(ligne))
        return _lot(
            trouve, ligne[trouve.start("intitule") : fin.start() if fin else None], ligne=ligne
        )

    return lire


def nombres_de_lots(texte: Texte) -> tuple[Trouvaille[int], ...]:
    """Le nombre de lots annoncé : « décomposé en 3 lots », « en trois lots séparés »."""
    annonces = chercher(
        texte, _ANNONCE, lambda m: int(m["chiffres"]) if m["chiffres"] else _NOMBRES[m["lettres"]]
    )
    return tuple(
        t
        for t in annonces
        if _CONTEXTE_D_ANNONCE.search(plier(t.avant)) and not _PAS_LE_TOTAL.search(plier(t.phrase))
    )


def _lot_de(paragraphe: Paragraphe) -> Callable[[re.Match[str]], LotEcrit]:
    return lambda trouve: _lot(
        trouve, paragraphe.texte[trouve.start("intitule") :], ligne=paragraphe.texte
    )


def _lot(trouve: re.Match[str], intitule: str, *, ligne: str) -> LotEcrit:
    return LotEcrit(numero=int(trouve["numero"]), intitule=intitule.strip(" .;:-–()"), ligne=ligne)


def _lignes_de_tableau(texte: Texte) -> dict[tuple[int, int], list[Paragraphe]]:
    lignes: dict[tuple[int, int], list[Paragraphe]] = {}
    for paragraphe in texte.paragraphes:
        if paragraphe.cellule:
            lignes.setdefault((paragraphe.cellule.tableau, paragraphe.cellule.ligne), []).append(
                paragraphe
            )
    return lignes


def _lot_d_une_ligne(
    paragraphe: Paragraphe, lignes: dict[tuple[int, int], list[Paragraphe]]
) -> list[Trouvaille[LotEcrit]]:
    """Le numéro dans la première colonne,
    sous un en-tête « Lot », et l'intitulé dans la deuxième.
    """
    cellule = paragraphe.cellule
    assert cellule is not None
    entete = " ".join(p.texte for p in lignes.get((cellule.tableau, 1), []))
    dit_lot = "lot" in plier(paragraphe.texte) or (
        _ENTETE_DE_LOTS.search(plier(entete)) and "lot" in plier(entete)
    )
    voisine = next(
        (p for p in lignes[cellule.tableau, cellule.ligne] if p.cellule and p.cellule.colonne == 2),
        None,
    )
    if not dit_lot or voisine is None:
        return []
    ligne = " | ".join(p.texte for p in lignes[cellule.tableau, cellule.ligne])
    return list(chercher_dans(paragraphe, _CELLULE, lambda m: _lot(m, voisine.texte, ligne=ligne)))
