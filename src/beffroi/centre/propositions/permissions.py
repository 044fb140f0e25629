"""Qui, au centre, propose ce qui engage ; qui en décide ; qui lit les deux."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "lire_les_propositions": frozenset({Role.GESTIONNAIRE, Role.ORDONNATEUR, Role.COMPTABLE}),
    "proposer": frozenset({Role.GESTIONNAIRE}),
    # Le président du centre, ou qui a sa délégation.
    "decider": frozenset({Role.ORDONNATEUR}),
    "ecarter": frozenset({Role.GESTIONNAIRE, Role.ORDONNATEUR}),
}
