"""Ce que l'entreprise garde et peut reprendre dans une réponse.

Le serveur les montre ; le navigateur les lit et les scelle.
"""

from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.queries import est_de
from beffroi.personnes.pieces.queries import Ligne, lignes
from beffroi.reponse.depots.models import BrouillonDeReponse


def a_reprendre(
    brouillon: BrouillonDeReponse, personne: Utilisateur, *, le: datetime
) -> list[Ligne] | None:
    """Les pièces de l'équipe qui répond, à elle seule ; rien à montrer aux autres."""
    if not est_de(personne, brouillon.equipe):
        return None
    return lignes(brouillon.equipe, le=le)
