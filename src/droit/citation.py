"""Citer un texte : l'article, sa forme lisible, et rien d'autre."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Article:
    """Un article d'un texte : `Article("CCP", "R. 2151-5")` se lit « CCP, art. R. 2151-5 ».

    Une annexe se cite par son nom :
    `Article("CCP", "annexe 7, art. 1")` se lit « CCP, annexe 7, art. 1 ».
    """

    texte: str
    numero: str

    def __str__(self) -> str:
        return f"{self.texte}, {'' if self.numero.startswith('annexe') else 'art. '}{self.numero}"


@dataclass(frozen=True)
class Jurisprudence:
    """Une décision : `Jurisprudence("CE", "20 décembre 2021", "454801")`."""

    juridiction: str
    date: str
    numero: str

    def __str__(self) -> str:
        return f"{self.juridiction}, {self.date}, n° {self.numero}"


@dataclass(frozen=True)
class Document:
    """Un texte sans article : `Document("Référentiel du SIAF, janvier 2021")`."""

    titre: str

    def __str__(self) -> str:
        return self.titre


Source = Article | Jurisprudence | Document
