"""Au centre, qui tient l'état du service ; chez l'acheteur, qui peut prolonger une heure limite."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "tenir_les_incidents": frozenset({Role.TECHNICIEN, Role.ADMINISTRATEUR}),
    "repondre_a_un_incident": frozenset({Role.VALIDEUR}),
}
