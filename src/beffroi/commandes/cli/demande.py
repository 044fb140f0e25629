"""Ce que l'on demande à une vérification, hors le fichier lui-même."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from beffroi.commandes.cli.confiance import Confiance


def aucun(_empreinte: str) -> int | None:
    """Sans dossier de données, aucune écriture ne se lit : nul paquet n'y est inscrit."""
    return None


@dataclass(frozen=True)
class Demande:
    """Ce que l'on connaît d'ailleurs, ce que l'on compare, et où sont les fichiers officiels.

    `paquet_inscrit` : l'écriture d'un registre relu depuis son dossier qui a établi le paquet
    d'archives de ce SHA-256.
    """

    connu: Confiance
    fichiers: Sequence[Path] = ()
    normes: Path | None = None
    paquet_inscrit: Callable[[str], int | None] = aucun

    def sans_soupcon(self) -> "Demande":
        return replace(self, connu=self.connu.sans_soupcon())
