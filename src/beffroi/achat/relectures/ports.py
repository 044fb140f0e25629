"""Ce que la relecture attend d'un contexte plus haut : contrôler l'achat et son règlement."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from beffroi.socle.fondations.ports import port
from droit.achat import Achat
from formats.lecture import Texte


@dataclass(frozen=True)
class Examen:
    """Le résultat des contrôles, en valeurs que la base garde :
    constats, questions au juriste, version des règles.
    """

    constats: Sequence[dict[str, Any]] = ()
    questions: Sequence[dict[str, str]] = ()
    version: str = ""
    lacunes: Sequence[str] = field(default=())


@port("relectures.Examinateur")
def examiner(
    achat: Achat,
    texte: Texte | None,
    *,
    le: datetime,
    prepare: bool = True,
    actes: tuple[Texte, ...] = (),
) -> Examen:
    """Tous les contrôles d'un achat et de son règlement, à cette date.

    Sans les questions (`prepare`), l'achat n'est connu qu'en partie.
    """
