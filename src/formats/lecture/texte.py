"""Le texte lu d'un document : ses paragraphes, leur place, et ce qui n'a pas pu être lu."""

from dataclasses import dataclass
from typing import Literal

Sorte = Literal["pdf", "docx", "odt"]


@dataclass(frozen=True, kw_only=True)
class Paragraphe:
    """Un paragraphe. `page` : à partir de 1, pour un PDF. `titre` : celui sous lequel il est, pour DOCX et ODT.

    `numero` compte les paragraphes depuis 1, dans l'ordre du document ; une cellule de tableau est un paragraphe.
    """

    numero: int
    texte: str
    page: int | None = None
    titre: str = ""

    @property
    def place(self) -> str:
        """« page 3 », ou « sous « 4. Remise des offres », paragraphe 27 »."""
        if self.page is not None:
            return f"page {self.page}"
        return f"sous « {self.titre} », paragraphe {self.numero}" if self.titre else f"paragraphe {self.numero}"


@dataclass(frozen=True, kw_only=True)
class Texte:
    """Un document lu. `lacunes` : ce qui n'a pas pu l'être, une phrase chacune ; le contrôle est alors partiel."""

    sorte: Sorte
    paragraphes: tuple[Paragraphe, ...]
    lacunes: tuple[str, ...] = ()

    @property
    def est_entier(self) -> bool:
        return not self.lacunes
