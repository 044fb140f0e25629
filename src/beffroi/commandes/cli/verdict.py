"""Ce que rend une commande qui vérifie :
une table, la même partout (docs/verifier.md, SPEC.md de `sceau`, § 14).
"""

from collections.abc import Collection
from enum import IntEnum
from textwrap import fill


class Verdict(IntEnum):
    """Le code de retour, et ce qu'il veut dire."""

    INTACT = 0
    FAUX = 1
    ILLISIBLE = 2
    NON_ETABLI = 3

    @property
    def veut_dire(self) -> str:
        return TABLE[self]


TABLE = {
    Verdict.INTACT: "intact : tout est vérifié, sous une clé connue d'ailleurs que du fichier",
    Verdict.FAUX: "faux : quelque chose ne va pas",
    Verdict.ILLISIBLE: (
        "illisible : un fichier, un registre ou la demande n'ont pas pu être lus ; "
        "rien n'est conclu"
    ),
    Verdict.NON_ETABLI: (
        "non établi : rien n'est faux, et quelque chose manque pour conclure ; la sortie dit quoi"
    ),
}
# Ce qui est faux l'emporte ; puis ce que l'on n'a pas pu lire.
DU_PIRE_AU_MEILLEUR = (Verdict.FAUX, Verdict.ILLISIBLE, Verdict.NON_ETABLI, Verdict.INTACT)


def le_pire(verdicts: Collection[Verdict]) -> Verdict:
    """Celui qui l'emporte ; de rien, rien n'est faux."""
    return next((v for v in DU_PIRE_AU_MEILLEUR if v in verdicts), Verdict.INTACT)


def en_lignes() -> str:
    """La table, pour l'aide d'une commande."""
    lignes = [
        fill(f"{verdict.value}, {verdict.veut_dire} ;", 78, subsequent_indent="     ")
        for verdict in Verdict
    ]
    return "Code de retour :\n  " + "\n  ".join(lignes).removesuffix(" ;") + "."


def est_une_verification(arguments: Collection[str]) -> bool:
    """`verifier …`, `signature verifier …`, `failles` :
    une panne n'y est jamais « faux », que le code 1 dirait.
    """
    return "verifier" in [*arguments][:2] or "failles" in [*arguments][:1]
