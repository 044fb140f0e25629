"""Les numéros que Word calcule et n'écrit pas : « 4.2 », « a) », une puce."""

from collections import defaultdict
from dataclasses import dataclass

from formats.lecture.arbre import Element, attribut, descendants, enfant, enfants

_NIVEAUX = 9
PUCE = "- "


@dataclass(frozen=True)
class Niveau:
    """Comment un niveau s'écrit : « %1.%2 », décimal, à partir de 1."""

    forme: str
    modele: str
    debut: int


class Numerotation:
    """Compte les paragraphes numérotés, dans l'ordre du document."""

    def __init__(self, racine: Element | None) -> None:
        self._niveaux: dict[str, dict[int, Niveau]] = {}
        self._listes: dict[str, str] = {}
        self._compteurs: dict[str, dict[int, int]] = defaultdict(dict)
        if racine is not None:
            self._lire(racine)

    def _lire(self, racine: Element) -> None:
        for liste in enfants(racine, "abstractNum"):
            self._niveaux[attribut(liste, "abstractNumId")] = {
                _entier(attribut(niveau, "ilvl")): _niveau(niveau)
                for niveau in enfants(liste, "lvl")
            }
        for instance in enfants(racine, "num"):
            modele = enfant(instance, "abstractNumId")
            if modele is not None:
                self._listes[attribut(instance, "numId")] = attribut(modele, "val")

    def prefixe(self, liste: str, rang: int) -> str:
        """Le numéro du prochain paragraphe de cette liste, suivi d'une espace ;
        vide si elle n'existe pas.
        """
        modele = self._listes.get(liste, "")
        niveau = self._niveaux.get(modele, {}).get(rang)
        if niveau is None or not 0 <= rang < _NIVEAUX:
            return ""
        if niveau.forme == "bullet":
            return PUCE
        if niveau.forme == "none":
            return ""
        compteurs = self._compteurs[modele]
        compteurs[rang] = compteurs.get(rang, niveau.debut - 1) + 1
        for plus_bas in [autre for autre in compteurs if autre > rang]:
            del compteurs[plus_bas]
        return self._ecrire(modele, niveau) + " "

    def _ecrire(self, modele: str, niveau: Niveau) -> str:
        ecrit = niveau.modele
        for rang in range(_NIVEAUX):
            if f"%{rang + 1}" in ecrit:
                voisin = self._niveaux[modele].get(rang, niveau)
                compte = self._compteurs[modele].get(rang, voisin.debut)
                ecrit = ecrit.replace(f"%{rang + 1}", en_forme(compte, voisin.forme))
        return ecrit


def _niveau(element: Element) -> Niveau:
    def valeur(nom: str, sinon: str) -> str:
        trouve = enfant(element, nom)
        return sinon if trouve is None else attribut(trouve, "val")

    return Niveau(
        forme=valeur("numFmt", "decimal"),
        modele=valeur("lvlText", ""),
        debut=_entier(valeur("start", "1"), 1),
    )


def en_forme(compte: int, forme: str) -> str:
    """Un compte dans la forme demandée : 3 donne « 3 », « c », « III »."""
    if forme in {"lowerLetter", "a"}:
        return _lettre(compte)
    if forme in {"upperLetter", "A"}:
        return _lettre(compte).upper()
    if forme in {"lowerRoman", "i"}:
        return _romain(compte).lower()
    if forme in {"upperRoman", "I"}:
        return _romain(compte)
    return str(compte)


def _lettre(compte: int) -> str:
    return chr(ord("a") + (compte - 1) % 26) if compte > 0 else ""


def _romain(compte: int) -> str:
    ecrit, reste = "", min(max(compte, 0), 3999)
    for valeur, signe in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        ecrit += signe * (reste // valeur)
        reste %= valeur
    return ecrit


def _entier(ecrit: str, sinon: int = 0) -> int:
    return int(ecrit) if ecrit.isdecimal() and len(ecrit) < 6 else sinon


def numerotation_de(proprietes: Element | None) -> tuple[str, int] | None:
    """La liste et le rang qu'un paragraphe ou un style demande (`numPr`)."""
    demande = enfant(proprietes, "numPr")
    if demande is None:
        return None
    liste, rang = enfant(demande, "numId"), enfant(demande, "ilvl")
    numero = "" if liste is None else attribut(liste, "val")
    return (numero, 0 if rang is None else _entier(attribut(rang, "val")))


def styles_numerotes(racine: Element | None) -> dict[str, tuple[str, int]]:
    """Les styles qui numérotent leurs paragraphes."""
    if racine is None:
        return {}
    demandes = (
        (attribut(s, "styleId"), numerotation_de(enfant(s, "pPr")))
        for s in descendants(racine, "style")
    )
    return {style: demande for style, demande in demandes if demande is not None}
