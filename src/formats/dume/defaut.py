"""Ce qu'un contrôle reproche à un DUME."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaut:
    """`champ` : ce qui est en cause, dans nos mots ; `regle` :
    l'identifiant de la règle officielle, s'il y en a un.
    """

    champ: str
    phrase: str
    remede: str = ""
    regle: str = ""
    est_une_erreur: bool = True

    def __str__(self) -> str:
        suite = f" {self.remede}" if self.remede else ""
        regle = f" ({self.regle})" if self.regle else ""
        return f"{self.champ} : {self.phrase}{suite}{regle}"
