"""Qui peut voir un écran : les agents du centre qui répondent à l'assistance.

Personne ne regarde un écran sans le code.
"""

from beffroi.personnes.organismes.models import Habilitation
from beffroi.service.assistance.permissions import ASSISTANCE

ACTES: dict[str, frozenset[Habilitation.Role]] = {"rejoindre": ASSISTANCE}
