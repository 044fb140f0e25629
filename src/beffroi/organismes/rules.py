"""Qui peut tenir quel rôle. Des règles pures, sur des valeurs simples."""

from collections.abc import Collection

from droit.decision import Decision, Motif

ROLES_DE_L_EXPLOITANT = frozenset({"administrateur", "juriste", "technicien"})
ROLES_DE_L_ACHETEUR = frozenset({"redacteur", "valideur", "ouvreur", "lecteur", "administrateur"})


def roles_admis(*, est_exploitant: bool) -> frozenset[str]:
    """L'exploitant n'achète pas par ces rôles, l'acheteur n'exploite pas : la séparation est dans la table."""
    return ROLES_DE_L_EXPLOITANT if est_exploitant else ROLES_DE_L_ACHETEUR


def peut_tenir_les_roles(*, roles: Collection[str], est_exploitant: bool) -> Decision:
    """Une habilitation porte au moins un rôle, et seulement des rôles de son organisme."""
    if not roles:
        return Decision.refus(Motif("Choisissez au moins un rôle."))
    etrangers = sorted(set(roles) - roles_admis(est_exploitant=est_exploitant))
    if etrangers:
        return Decision.refus(Motif(f"Ces rôles n'existent pas dans cet organisme : {', '.join(etrangers)}."))
    return Decision.accord()


def peut_perdre_un_administrateur(*, autres_administrateurs: int) -> Decision:
    """Un organisme garde un administrateur : sans lui, plus personne ne peut donner un rôle."""
    if autres_administrateurs > 0:
        return Decision.accord()
    return Decision.refus(
        Motif("C'est le dernier administrateur de l'organisme. Nommez-en un autre avant de retirer celui-ci.")
    )
