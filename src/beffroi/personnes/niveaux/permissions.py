"""Qui, au centre de gestion, constate, poste, révoque et rouvre."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role
CENTRE = frozenset({Role.TECHNICIEN, Role.JURISTE})

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_equipes": CENTRE,
    "prouver_sur_pieces": CENTRE,
    "poster_une_lettre": CENTRE,
    "revoquer_une_preuve": CENTRE,
    "rouvrir_une_equipe": CENTRE,
}
