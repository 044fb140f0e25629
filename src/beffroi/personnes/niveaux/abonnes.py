"""Ce que les niveaux entendent : une équipe se fonde à côté d'une équipe prouvée."""

from beffroi.personnes.entreprises.events import EquipeFondee
from beffroi.personnes.niveaux import queries
from beffroi.personnes.niveaux.courriels import ecrire_la_voisine

EQUIPES_PREVENUES = 5


def prevenir_les_equipes_prouvees(fondation: EquipeFondee) -> None:
    """Celles qu'une demande de rejoindre ne prévient pas déjà."""
    prouvees = queries.prouvees_de_l_entreprise(fondation.equipe, le=fondation.le)
    for equipe in prouvees[:EQUIPES_PREVENUES]:
        if equipe.pk not in fondation.prevenues:
            ecrire_la_voisine(equipe, fondee=fondation.equipe, maintenant=fondation.le)
