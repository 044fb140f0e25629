"""Quand la dernière personne confirmée s'en va, les pièces s'effacent.

La suivante à s'inscrire pour ce SIRET serait confirmée d'office :
elle ne doit pas trouver ce qui n'est pas à elle.
"""

from beffroi.personnes.comptes.events import CompteFerme
from beffroi.personnes.entreprises.events import MembreDetache
from beffroi.personnes.pieces import queries, services


def apres_un_depart(depart: MembreDetache) -> None:
    """Abonné au départ d'une personne."""
    services.effacer_si_delaisse(equipe=depart.membre.equipe)


def apres_une_fermeture(fermeture: CompteFerme) -> None:
    """Abonné à la fermeture d'un compte, après `entreprises`,
    qui vient d'en détacher la personne.
    """
    for equipe in queries.equipes_quittees(fermeture.utilisateur, le=fermeture.le):
        services.effacer_si_delaisse(equipe=equipe)
