"""Ce qui ne va pas dans des données essentielles, dit à une personne ;
et ce qui empêche de les lire.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaut:
    """Un défaut d'un contrat. `champ` : son chemin, les lignes comptées de 1 ;
    `source` : le texte qui l'exige.

    `est_une_erreur` : faux pour ce qui mérite d'être relu sans être refusé.
    """

    contrat: str
    champ: str
    phrase: str
    remede: str
    source: str
    est_une_erreur: bool = True

    def __str__(self) -> str:
        repere = " : ".join(partie for partie in (self.contrat, self.champ) if partie)
        suite = " ".join(partie for partie in (self.phrase, self.remede) if partie)
        return f"{repere}. {suite} ({self.source})" if self.source else f"{repere}. {suite}"
