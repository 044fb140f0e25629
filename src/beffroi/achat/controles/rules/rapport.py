"""Le rapport d'un contrôle :
les constats, ce qui a été joué, ce qui ne l'a pas été, et ce qui revient à une personne.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from beffroi.achat.controles.rules.constat import Constat, Gravite


@dataclass(frozen=True, kw_only=True)
class VersionDesRegles:
    """La version, l'empreinte des tables de la loi, et celle du code des règles et du repérage."""

    version: str
    empreinte_des_tables: str
    empreinte_des_regles: str

    def __str__(self) -> str:
        return (
            f"{self.version}, tables {self.empreinte_des_tables[:12]}, "
            f"règles {self.empreinte_des_regles[:12]}"
        )


@dataclass(frozen=True, kw_only=True)
class NonJoue:
    """Un contrôle, ou une part d'un contrôle, qui n'a pas pu l'être, et pourquoi.

    `titre` : celui du contrôle.
    """

    code: str
    titre: str
    raison: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """Ce qu'une personne doit regarder elle-même."""

    code: str
    titre: str
    texte: str


@dataclass(frozen=True, kw_only=True)
class Rapport:
    """`joues` : les contrôles joués au moins en partie.

    `lacunes` : ce qui n'a pas pu être lu dans le document.
    """

    constats: tuple[Constat, ...]
    joues: tuple[str, ...]
    non_joues: tuple[NonJoue, ...]
    questions: tuple[Question, ...]
    regles: VersionDesRegles
    le: datetime
    lacunes: tuple[str, ...] = ()

    @property
    def bloque(self) -> bool:
        return any(constat.bloque for constat in self.constats)

    @property
    def est_partiel(self) -> bool:
        return bool(self.lacunes or self.non_joues)

    @property
    def par_gravite(self) -> tuple[Constat, ...]:
        """Ce qui bloque d'abord ; à gravité égale, l'ordre des contrôles."""
        return tuple(sorted(self.constats, key=lambda constat: constat.gravite.rang))

    @property
    def comptes(self) -> dict[Gravite, int]:
        comptes = Counter(constat.gravite for constat in self.constats)
        return {gravite: comptes[gravite] for gravite in Gravite}

    def du(self, code: str) -> tuple[Constat, ...]:
        return tuple(constat for constat in self.constats if constat.code == code)
