"""Les refus de Beffroi : ce qui s'est passé, pourquoi, quoi faire.

Rendus une seule fois, au bord.
"""

from typing import Any

from droit.decision import Decision, Motif


class ErreurMetier(Exception):
    """Un refus adressé à la personne qui agit. `statut` est le code HTTP qui le porte."""

    statut = 422
    titre = "Cette action n'est pas possible"

    def __init__(self, message: str, motifs: tuple[Motif, ...] = (), **contexte: Any) -> None:
        super().__init__(message)
        self.message = message
        self.motifs = motifs
        self.contexte = contexte


class RegleEnfreinte(ErreurMetier):
    """Une règle refuse, et la personne peut y remédier."""


class ConflitEtat(ErreurMetier):
    """L'objet n'est plus dans l'état qui permettait l'acte."""

    statut = 409
    titre = "La situation a changé"


class Introuvable(ErreurMetier):
    """Absent ou étranger : la même réponse, pour ne rien apprendre à qui n'a pas à savoir."""

    statut = 404
    titre = "Page introuvable"

    def __init__(
        self, message: str = "Cette page n'existe pas, ou n'existe plus.", **contexte: Any
    ) -> None:
        super().__init__(message, **contexte)


class RoleManquant(ErreurMetier):
    """L'objet est bien à l'organisme de la personne, mais son rôle ne permet pas l'acte."""

    statut = 403
    titre = "Votre rôle ne permet pas cette action"


class LimiteDepassee(ErreurMetier):
    """Une limite annoncée est dépassée."""

    statut = 413
    titre = "Une limite est dépassée"


class EspaceInsuffisant(ErreurMetier):
    """Le disque du serveur est plein : c'est notre faute, et cela se dit."""

    statut = 507
    titre = "Le serveur manque de place"


class ServiceIndisponible(ErreurMetier):
    """Un service dont l'acte dépend ne répond pas."""

    statut = 503
    titre = "Un service ne répond pas"

    def __init__(self, message: str, *, permanent: bool = False, **contexte: Any) -> None:
        super().__init__(message, **contexte)
        self.permanent = permanent


def exiger(decision: Decision, message: str = "") -> None:
    """Lève le refus d'une règle, avec ses motifs ; ne fait rien d'un accord."""
    if decision.favorable:
        return
    raise RegleEnfreinte(message or decision.motifs[0].texte, motifs=decision.motifs)
