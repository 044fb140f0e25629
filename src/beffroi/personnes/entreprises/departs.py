"""Quand un compte se ferme : la personne n'agit plus dans aucune équipe.

Ce qu'elle a déposé demeure.
"""

from beffroi.personnes.comptes.events import CompteFerme
from beffroi.personnes.entreprises import queries, services


def detacher(fermeture: CompteFerme) -> None:
    """Abonné à la fermeture d'un compte."""
    for membre in queries.membres_de(fermeture.utilisateur):
        services.finir_l_appartenance(membre=membre, par=fermeture.par, maintenant=fermeture.le)
