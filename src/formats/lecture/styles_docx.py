"""Ce que les styles d'un DOCX disent d'un paragraphe :
un titre, une table des matières, un texte caché.
"""

import re
import unicodedata

from formats.lecture.arbre import Element, attribut, enfant, enfants

_TITRE = re.compile(r"^(?:heading|titre)\s?([1-9])$")
_SOMMAIRE = re.compile(r"^(?:toc|tm)\s?\d$|^(?:toc|table des matieres)")
_HERITAGES_MAXIMUM = 20


class Styles:
    """Les styles, chacun avec ce qu'il tient de son parent."""

    def __init__(self, racine: Element | None) -> None:
        self._styles = (
            {} if racine is None else {attribut(s, "styleId"): s for s in enfants(racine, "style")}
        )

    def niveau_de_titre(self, identifiant: str) -> int | None:
        """1 pour un titre de premier niveau ; `None` si le style n'est pas un titre."""
        for style in self._lignee(identifiant):
            if trouve := _TITRE.match(_nom_plie(style)):
                return int(trouve[1])
            niveau = niveau_de_plan(enfant(style, "pPr"))
            if niveau is not None:
                return niveau
        return None

    def est_un_sommaire(self, identifiant: str) -> bool:
        return any(_SOMMAIRE.match(_nom_plie(style)) for style in self._lignee(identifiant))

    def cache(self, identifiant: str) -> bool:
        return any(est_cache(enfant(style, "rPr")) for style in self._lignee(identifiant))

    def en_gras(self, identifiant: str) -> bool:
        return any(est_gras(enfant(style, "rPr")) for style in self._lignee(identifiant))

    def _lignee(self, identifiant: str) -> list[Element]:
        lignee: list[Element] = []
        while (style := self._styles.get(identifiant)) is not None and len(
            lignee
        ) < _HERITAGES_MAXIMUM:
            lignee.append(style)
            parent = enfant(style, "basedOn")
            identifiant = "" if parent is None else attribut(parent, "val")
        return lignee


def niveau_de_plan(proprietes: Element | None) -> int | None:
    plan = enfant(proprietes, "outlineLvl")
    valeur = "" if plan is None else attribut(plan, "val")
    return int(valeur) + 1 if valeur in set("012345678") else None


def est_cache(proprietes: Element | None) -> bool:
    return _est_vrai(proprietes, "vanish")


def est_gras(proprietes: Element | None) -> bool:
    return _est_vrai(proprietes, "b")


def _est_vrai(proprietes: Element | None, nom: str) -> bool:
    marque = enfant(proprietes, nom)
    return marque is not None and attribut(marque, "val") not in {"0", "false", "off"}


def _nom_plie(style: Element) -> str:
    nom = enfant(style, "name")
    brut = "" if nom is None else attribut(nom, "val")
    return unicodedata.normalize("NFD", brut).encode("ascii", "ignore").decode().lower()
