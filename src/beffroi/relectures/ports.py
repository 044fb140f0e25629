"""Ce que la relecture attend d'un contexte plus haut : contrôler l'achat et son règlement."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from beffroi.socle.ports import branche
from droit.achat import Achat
from formats.lecture import Texte


@dataclass(frozen=True)
class Examen:
    """Le résultat des contrôles, en valeurs que la base garde : constats, questions au juriste, version des règles."""

    constats: Sequence[dict[str, Any]] = ()
    questions: Sequence[dict[str, str]] = ()
    version: str = ""
    lacunes: Sequence[str] = field(default=())


class Examinateur(Protocol):
    """Qui sait contrôler un achat et son règlement."""

    def __call__(
        self, achat: Achat, texte: Texte | None, *, le: datetime, prepare: bool, actes: tuple[Texte, ...]
    ) -> Examen: ...


def examiner(
    achat: Achat, texte: Texte | None, *, le: datetime, prepare: bool = True, actes: tuple[Texte, ...] = ()
) -> Examen:
    """Tous les contrôles, à cette date. Sans les questions (`prepare`), l'achat n'est connu qu'en partie."""
    examinateur: Examinateur = branche("relectures.Examinateur")
    return examinateur(achat, texte, le=le, prepare=prepare, actes=actes)
