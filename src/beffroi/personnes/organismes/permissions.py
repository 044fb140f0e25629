"""Quel rôle permet quel acte :
une table par contexte, la même pour les boutons, les pages et l'API.
"""

from collections.abc import Mapping

from beffroi.personnes.organismes.models import Habilitation
from beffroi.socle.fondations.erreurs import RoleManquant

Role = Habilitation.Role
Permissions = Mapping[str, frozenset[Habilitation.Role]]

# Qui publie une consultation :
# les contextes au-dessus le reprennent, et « Qui publie » compte ces personnes.
PUBLIENT = frozenset({Role.REDACTEUR, Role.VALIDEUR})

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_agents": frozenset({Role.ADMINISTRATEUR}),
    "habiliter": frozenset({Role.ADMINISTRATEUR}),
    "retirer_habilitation": frozenset({Role.ADMINISTRATEUR}),
    "fermer_le_compte": frozenset({Role.ADMINISTRATEUR}),
    "decrire_l_organisme": frozenset({Role.ADMINISTRATEUR}),
    "regler_la_publication": frozenset({Role.ADMINISTRATEUR}),
    "creer_organisme": frozenset({Role.ADMINISTRATEUR}),
    "nommer_un_administrateur": frozenset({Role.ADMINISTRATEUR}),
}


def roles_de(habilitation: Habilitation) -> frozenset[Habilitation.Role]:
    """Les rôles tenus, tels que la table les connaît."""
    return frozenset(Role(role) for role in habilitation.roles)


def est_du_centre(habilitation: Habilitation) -> bool:
    """Chez l'exploitant du service, et non chez un organisme qu'il sert."""
    return habilitation.organisme.role == habilitation.organisme.Role.EXPLOITANT


def permet(habilitation: Habilitation, acte: str, table: Permissions) -> bool:
    """Un rôle au moins permet l'acte ; un acte absent de la table n'est permis à personne."""
    return bool(roles_de(habilitation) & table.get(acte, frozenset()))


def exiger_role(habilitation: Habilitation, acte: str, table: Permissions) -> None:
    """Refuse, en disant quels rôles permettraient l'acte."""
    if permet(habilitation, acte, table):
        return
    libelles = sorted(str(role.label).lower() for role in table.get(acte, frozenset()))
    raise RoleManquant(
        f"Il faut pour cela l'un de ces rôles dans {habilitation.organisme} : "
        f"{', '.join(libelles)}. "
        "L'administrateur de votre organisme peut vous le donner."
    )
