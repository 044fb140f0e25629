"""Ce que les comptes attendent de plus haut : ce qu'un rôle laisse faire à un logiciel."""

from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.ports import port


@port("comptes.PorteesDesRoles")
def portees_des_roles(utilisateur: Utilisateur, *, le: datetime) -> frozenset[str]:
    """Les portées d'acheteur que les rôles de cette personne, à cet instant, donnent à exercer."""
