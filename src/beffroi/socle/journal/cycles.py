"""Le cycle de vie d'un objet, écrit comme une table :
quels actes, depuis quels états, vers lequel.
"""

from dataclasses import dataclass
from enum import Enum

from droit.citation import Source


@dataclass(frozen=True)
class Transition:
    """Un acte qui fait passer un objet d'un état à un autre, et le texte qui le prévoit."""

    acte: str
    depuis: frozenset[Enum]
    vers: Enum
    source: Source | None = None

    def part_de(self, etat: str) -> bool:
        """Vrai si l'acte est permis depuis cet état, tel que la base le retient."""
        return any(depart.value == etat for depart in self.depuis)


Cycle = tuple[Transition, ...]


def actes_possibles(cycle: Cycle, etat: str) -> tuple[str, ...]:
    """Les actes que le cycle permet depuis cet état : ce qu'un écran peut proposer."""
    return tuple(transition.acte for transition in cycle if transition.part_de(etat))


def diagramme(cycle: Cycle) -> str:
    """Le cycle en Mermaid, pour les documents."""
    lignes = ["stateDiagram-v2"]
    for transition in cycle:
        lignes += [
            f"    {depart.value} --> {transition.vers.value} : {transition.acte}"
            for depart in sorted(transition.depuis, key=lambda etat: str(etat.value))
        ]
    return "\n".join(lignes)
