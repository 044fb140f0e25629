"""Ce qui ne va pas dans un avis, dit à une personne."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaut:
    """`bt` : le numéro européen du champ ; `lieu` : le lot ou l'organisation ;
    `remede` : ce qu'il faut faire.
    """

    bt: str
    champ: str
    lieu: str
    phrase: str
    remede: str

    def __str__(self) -> str:
        repere = ", ".join(filter(None, [self.lieu, self.bt]))
        phrase = f"{self.phrase} {self.remede}".rstrip()
        return f"{phrase} ({repere})" if repere else phrase
