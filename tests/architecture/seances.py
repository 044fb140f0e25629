"""Les séances d'un tour : chacune se lit en base une fois, et chaque visite la retrouve telle
qu'elle fut ouverte.

Une visite est défaite : ce qu'elle écrirait de sa séance ne passerait pas à la suivante.
"""

import copy
from typing import Any

from beffroi.personnes.comptes import connexions

OUVERTES: dict[str | None, dict[str, Any]] = {}


class SessionStore(connexions.SessionStore):
    """À nommer dans `SESSION_ENGINE`."""

    def load(self) -> dict[str, Any]:
        if self.session_key not in OUVERTES:
            OUVERTES[self.session_key] = super().load()
        return copy.deepcopy(OUVERTES[self.session_key])

    def save(self, must_create: bool = False) -> None:
        """Rien ne s'en garde."""

    def delete(self, session_key: str | None = None) -> None:
        """Fermée le temps d'une visite."""
