"""Qui peut voir un écran : les agents du centre qui répondent à l'assistance. Personne ne regarde un écran sans le code."""

from beffroi.assistance.permissions import ASSISTANCE
from beffroi.organismes.models import Habilitation

ACTES: dict[str, frozenset[Habilitation.Role]] = {"rejoindre": ASSISTANCE}
