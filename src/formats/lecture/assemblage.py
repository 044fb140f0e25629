"""Ranger les paragraphes lus : propres, numérotés, bornés, chacun sous ses titres."""

import re
import unicodedata

from formats.lecture import bornes, refus
from formats.lecture.texte import Cellule, Paragraphe, Sorte, Texte

_ESPACES = re.compile(r"\s+")
# Traits d'union conditionnels, espaces sans chasse, marques de direction :
# invisibles, ils couperaient un mot en deux.
_INVISIBLES = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF]
)
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_SEPARATEUR = " › "
_TITRE_MAXIMUM = 200


def propre(texte: str) -> str:
    """Une ligne lisible :
    sans caractère invisible ni de contrôle, espaces réunies, ligatures défaites.
    """
    sans_invisibles = unicodedata.normalize(
        "NFC", texte.translate(_INVISIBLES).translate(_LIGATURES)
    )
    lisible = "".join(
        " " if unicodedata.category(c) in {"Cc", "Cs", "Co"} else c for c in sans_invisibles
    )
    return _ESPACES.sub(" ", lisible).strip()


class Assemblage:
    """Reçoit les paragraphes dans l'ordre ; les titres forment une chaîne."""

    def __init__(self, sorte: Sorte) -> None:
        self._sorte = sorte
        self._paragraphes: list[Paragraphe] = []
        self._titres: list[tuple[int, str]] = []
        self._lacunes: list[str] = []
        self._caracteres = 0
        self.est_plein = False

    def titre(self, texte: str, *, niveau: int, page: int | None = None) -> None:
        """Un titre est aussi un paragraphe, placé sous lui-même."""
        court = propre(texte)[:_TITRE_MAXIMUM]
        if not court:
            return
        self._titres = [(rang, dit) for rang, dit in self._titres if rang < niveau]
        self._titres.append((niveau, court))
        self.paragraphe(texte, page=page)

    def section(self, titre: str) -> None:
        """Ce qui suit n'est plus dans le corps : notes, en-têtes."""
        self._titres = [(0, titre)]

    def paragraphe(
        self, texte: str, *, page: int | None = None, cellule: Cellule | None = None
    ) -> None:
        lisible = propre(texte)
        for debut in range(0, len(lisible), bornes.CARACTERES_D_UN_PARAGRAPHE):
            self._ranger(lisible[debut : debut + bornes.CARACTERES_D_UN_PARAGRAPHE], page, cellule)

    def _ranger(self, texte: str, page: int | None, cellule: Cellule | None) -> None:
        if self.est_plein:
            return
        self._caracteres += len(texte)
        if len(self._paragraphes) >= bornes.PARAGRAPHES or self._caracteres > bornes.CARACTERES:
            self.est_plein = True
            self.lacune(
                f"Le document est très long : la suite de {self._ou()} n'a pas été lue. "
                "Séparez le règlement de ses annexes."
            )
            return
        chaine = _SEPARATEUR.join(dit for _, dit in self._titres)
        self._paragraphes.append(
            Paragraphe(
                numero=len(self._paragraphes) + 1,
                texte=texte,
                page=page,
                titre=chaine,
                cellule=cellule,
            )
        )

    def _ou(self) -> str:
        dernier = self._paragraphes[-1] if self._paragraphes else None
        return (
            f"la page {dernier.page}"
            if dernier and dernier.page
            else f"son paragraphe {len(self._paragraphes)}"
        )

    def lacune(self, phrase: str) -> None:
        if phrase not in self._lacunes:
            self._lacunes.append(phrase)

    def texte(self) -> Texte:
        if not self._paragraphes:
            raise refus.vide()
        return Texte(
            sorte=self._sorte, paragraphes=tuple(self._paragraphes), lacunes=tuple(self._lacunes)
        )
