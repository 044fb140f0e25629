"""Qui lit les statistiques : toute personne de l'acheteur ;
celles du service, toute personne du centre.
"""

from beffroi.personnes.organismes.models import Habilitation

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "lire_les_statistiques": frozenset(Habilitation.Role)
}
