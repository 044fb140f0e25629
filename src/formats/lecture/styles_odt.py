"""Ce que les styles d'un ODT disent :
un texte caché, en gras, et comment une liste ou un titre se numérote.
"""

from collections import defaultdict
from dataclasses import dataclass

from formats.lecture.arbre import Element, attribut, enfants, nom
from formats.lecture.numerotation import PUCE, en_forme

_GRAS = {"bold", "600", "700", "800", "900"}
_HERITAGES_MAXIMUM = 20
_NIVEAUX = 10


@dataclass(frozen=True)
class _Niveau:
    """`forme` vide : rien ne s'écrit. `parents` : combien de niveaux le numéro montre."""

    forme: str
    avant: str
    apres: str
    parents: int
    debut: int
    est_une_puce: bool


class StylesOdt:
    """Les styles du contenu et ceux du document, réunis."""

    def __init__(self, *racines: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._listes: dict[str, dict[int, _Niveau]] = {}
        self._plan: dict[int, _Niveau] = {}
        self._compteurs: dict[str, dict[int, int]] = defaultdict(dict)
        for racine in racines:
            if racine is not None:
                self._lire(racine)

    def _lire(self, racine: Element) -> None:
        for noeud in racine.iter():
            sorte = nom(noeud)
            if sorte == "style":
                self._styles.setdefault(attribut(noeud, "name"), noeud)
            elif sorte == "list-style":
                self._listes.setdefault(attribut(noeud, "name"), _niveaux(noeud))
            elif sorte == "outline-style":
                self._plan = self._plan or _niveaux(noeud)

    def cache(self, style: str) -> bool:
        return any(
            attribut(p, "display") == "none" for p in self._proprietes(style, "text-properties")
        )

    def en_gras(self, style: str) -> bool:
        graisses = (attribut(p, "font-weight") for p in self._proprietes(style, "text-properties"))
        return next((graisse in _GRAS for graisse in graisses if graisse), False)

    def prefixe(self, liste: str, rang: int) -> str:
        """Le numéro du prochain élément d'une liste, suivi d'une espace."""
        return self._numero(liste, self._listes.get(liste, {}), rang)

    def prefixe_de_titre(self, niveau: int) -> str:
        return self._numero("plan", self._plan, niveau - 1)

    def finir(self, liste: str, rang: int) -> None:
        """Une sous-liste finie recommence à un ; une liste de premier niveau se poursuit."""
        if rang:
            self._compteurs[liste].pop(rang, None)

    def _numero(self, cle: str, niveaux: dict[int, _Niveau], rang: int) -> str:
        niveau = niveaux.get(rang)
        if niveau is None:
            return PUCE if cle != "plan" and not niveaux else ""
        if niveau.est_une_puce:
            return PUCE
        compteurs = self._compteurs[cle]
        compteurs[rang] = compteurs.get(rang, niveau.debut - 1) + 1
        for plus_bas in [autre for autre in compteurs if autre > rang]:
            del compteurs[plus_bas]
        if not niveau.forme:
            return ""
        montres = range(max(0, rang - niveau.parents + 1), rang + 1)
        ecrits = [
            en_forme(compteurs.get(r, 1), niveaux[r].forme)
            for r in montres
            if r in niveaux and niveaux[r].forme
        ]
        return f"{niveau.avant}{'.'.join(ecrits)}{niveau.apres} "

    def _proprietes(self, style: str, sorte: str) -> list[Element]:
        trouvees: list[Element] = []
        for _ in range(_HERITAGES_MAXIMUM):
            element = self._styles.get(style)
            if element is None:
                break
            trouvees += enfants(element, sorte)
            style = attribut(element, "parent-style-name")
        return trouvees


def _niveaux(liste: Element) -> dict[int, _Niveau]:
    niveaux: dict[int, _Niveau] = {}
    for noeud in liste:
        rang = attribut(noeud, "level")
        if rang.isdecimal() and 0 < len(rang) < 3:
            niveaux[int(rang) - 1] = _niveau(noeud)
    return {rang: niveau for rang, niveau in niveaux.items() if rang < _NIVEAUX}


def _niveau(noeud: Element) -> _Niveau:
    parents, debut = attribut(noeud, "display-levels"), attribut(noeud, "start-value")
    return _Niveau(
        forme=attribut(noeud, "num-format"),
        avant=attribut(noeud, "num-prefix"),
        apres=attribut(noeud, "num-suffix"),
        parents=int(parents) if parents.isdecimal() and len(parents) < 3 else 1,
        debut=int(debut) if debut.isdecimal() and len(debut) < 6 else 1,
        est_une_puce="bullet" in nom(noeud) or "image" in nom(noeud),
    )
