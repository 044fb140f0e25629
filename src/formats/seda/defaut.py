"""Ce qu'un contrôle reproche à un paquet d'archives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaut:
    """`ou` : l'objet, l'unité, le fichier en cause ; `regle` :
    le nom stable de la règle, pour un programme.
    """

    ou: str
    phrase: str
    remede: str
    regle: str
    est_une_erreur: bool = True

    def __str__(self) -> str:
        suite = f" {self.remede}" if self.remede else ""
        return f"{self.ou} : {self.phrase}{suite}"


class PaquetImpossible(ValueError):
    """Ce paquet ne peut pas être écrit ; la phrase dit pourquoi, et quoi faire."""
