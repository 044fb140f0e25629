"""Le texte lu d'un document : ses paragraphes, leur place, et ce qui n'a pas pu être lu."""

from dataclasses import dataclass
from typing import Literal

Sorte = Literal["pdf", "docx", "odt"]


@dataclass(frozen=True)
class Cellule:
    """La place d'un paragraphe dans un tableau :
    le rang du tableau, la ligne et la colonne, à partir de 1.
    """

    tableau: int
    ligne: int
    colonne: int


@dataclass(frozen=True, kw_only=True)
class Paragraphe:
    """Un paragraphe. `page` : à partir de 1, pour un PDF. `titre` : celui sous lequel il est.

    `numero` compte les paragraphes depuis 1, dans l'ordre du document. Le texte d'une cellule
    de tableau est un paragraphe, qui dit sa `cellule`, sauf dans un PDF, où une ligne de
    tableau est un paragraphe.
    """

    numero: int
    texte: str
    page: int | None = None
    titre: str = ""
    cellule: Cellule | None = None

    @property
    def place(self) -> str:
        """« page 3 », ou « sous « 4. Remise des offres », paragraphe 27 »."""
        if self.page is not None:
            return f"page {self.page}"
        return (
            f"sous « {self.titre} », paragraphe {self.numero}"
            if self.titre
            else f"paragraphe {self.numero}"
        )


@dataclass(frozen=True, kw_only=True)
class Texte:
    """Un document lu.

    `lacunes` : ce qui n'a pas pu l'être, une phrase chacune ; le contrôle est alors partiel.
    """

    sorte: Sorte
    paragraphes: tuple[Paragraphe, ...]
    lacunes: tuple[str, ...] = ()

    @property
    def est_entier(self) -> bool:
        return not self.lacunes
