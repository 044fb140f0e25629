"""Pendant tout essai :
un acte qui s'achève a engagé au journal chaque ligne prouvée qu'il a écrite (ADR 0020).

Le filet de `lignes.Marque` engage après la validation ; une panne entre les deux laisserait une
ligne en faute. La garde refuse donc qu'un acte s'y fie, là où l'essai lui-même, qui ne valide
jamais, ne le verrait pas.
"""

import sys
import threading
from types import FrameType
from typing import Any

from django.db import transaction

from beffroi.socle.journal import lignes

# Des pièces d'un acte, jamais appelées seules par le produit :
# celui qui les appelle journalise après elles.
PIECES_D_UN_ACTE = {
    "beffroi.personnes.cles.services.paires.deposer_paire",
    "beffroi.achat.consultations.services.cles.remplacer_les_membres",
    "beffroi.socle.journal.services.engager_le_reste",
}


class Actes(threading.local):
    """Les blocs atomiques ouverts par ce fil :
    le nom de l'acte, et le rang de la première suite qu'il a pu écrire.
    """

    def __init__(self) -> None:
        self.ouverts: list[tuple[str, int]] = []


class Garde:
    """Suit l'acte en cours : le bloc atomique du produit qui n'est dans aucun autre."""

    def __init__(self) -> None:
        self.fautes: list[str] = []
        self.actes = Actes()
        self.entrer, self.sortir = transaction.Atomic.__enter__, transaction.Atomic.__exit__

    def poser(self) -> None:
        garde = self

        def entrer(bloc: Any) -> None:
            garde.entrer(bloc)
            garde.actes.ouverts.append(
                (_acte(sys._getframe(1)), len(transaction.get_connection(bloc.using).run_on_commit))
            )

        def sortir(bloc: Any, sorte: Any, erreur: Any, trace: Any) -> None:
            acte, debut = garde.actes.ouverts.pop()
            if (
                sorte is None
                and acte
                and not any(englobant for englobant, _ in garde.actes.ouverts)
            ):
                garde.constater(acte, transaction.get_connection(bloc.using).run_on_commit[debut:])
            garde.sortir(bloc, sorte, erreur, trace)

        transaction.Atomic.__enter__, transaction.Atomic.__exit__ = entrer, sortir  # type: ignore[method-assign]

    def lever(self) -> None:
        transaction.Atomic.__enter__, transaction.Atomic.__exit__ = self.entrer, self.sortir  # type: ignore[method-assign]

    def constater(self, acte: str, suites: list[Any]) -> None:
        restes = {
            s[1].modele.__name__
            for s in suites
            if isinstance(s[1], lignes.Marque) and not s[1].engagee
        }
        if restes and acte not in PIECES_D_UN_ACTE:
            self.fautes.append(
                f"{acte} écrit {', '.join(sorted(restes))} après son écriture au journal"
            )


def _acte(cadre: FrameType) -> str:
    """Le nom de l'acte qui ouvre ce bloc ; vide si c'est l'essai, ou Django."""
    if cadre.f_code.co_name == "inner" and (fonction := cadre.f_locals.get("func")):
        module, nom = fonction.__module__, fonction.__qualname__
    else:
        module, nom = cadre.f_globals.get("__name__", ""), cadre.f_code.co_name
    return f"{module}.{nom}" if module.startswith("beffroi.") and ".tests" not in module else ""
