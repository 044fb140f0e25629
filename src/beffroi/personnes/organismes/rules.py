"""Qui peut tenir quel rôle. Des règles pures, sur des valeurs simples."""

from collections.abc import Collection, Mapping

from stdnum import luhn

from droit.decision import Decision, Motif

ROLES_DE_L_EXPLOITANT = frozenset(
    {"administrateur", "juriste", "technicien", "gestionnaire", "ordonnateur", "comptable"}
)
ROLES_DE_L_ACHETEUR = frozenset({"redacteur", "valideur", "ouvreur", "lecteur", "administrateur"})

# Ce qui arrête les consultations nouvelles : chaque cause se lève seule.
CONVENTION, IMPAYE = "convention", "impaye"


def causes_de_suspension(
    causes: Mapping[str, str], *, permises: bool, motif: str
) -> dict[str, str]:
    """Les causes en cours ;
    un organisme suspendu avant qu'elles se nomment l'a été par la fin d'une convention.
    """
    if permises or causes:
        return dict(causes)
    return {CONVENTION: motif}


def roles_admis(*, est_exploitant: bool) -> frozenset[str]:
    """L'exploitant n'achète pas par ces rôles, l'acheteur n'exploite pas :
    la séparation est dans la table.
    """
    return ROLES_DE_L_EXPLOITANT if est_exploitant else ROLES_DE_L_ACHETEUR


def peut_tenir_les_roles(*, roles: Collection[str], est_exploitant: bool) -> Decision:
    """Une habilitation porte au moins un rôle, et seulement des rôles de son organisme."""
    if not roles:
        return Decision.refus(Motif("Choisissez au moins un rôle."))
    etrangers = sorted(set(roles) - roles_admis(est_exploitant=est_exploitant))
    if etrangers:
        return Decision.refus(
            Motif(f"Ces rôles n'existent pas dans cet organisme : {', '.join(etrangers)}.")
        )
    return Decision.accord()


def peut_recevoir_un_role(*, adresse_prouvee: bool) -> Decision:
    """Un rôle va à une personne qui lit l'adresse où on le lui donne (RGPD, art. 32, § 1, b) :
    qui ouvre un compte écrit l'adresse qu'il veut.
    """
    if adresse_prouvee:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Cette adresse n'est pas confirmée. Les rôles attendront que la personne "
            "ouvre le lien envoyé à cette adresse."
        )
    )


def peut_perdre_un_administrateur(*, autres_administrateurs: int) -> Decision:
    """Un organisme garde un administrateur : sans lui, plus personne ne peut donner un rôle."""
    if autres_administrateurs > 0:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "C'est le dernier administrateur de l'organisme. "
            "Nommez-en un autre avant de retirer celui-ci."
        )
    )


def peut_publier_a_deux(*, publieurs: int) -> Decision:
    """Publier à deux demande deux personnes qui le peuvent :
    seule, la personne qui rédige ne publierait plus rien.
    """
    if publieurs > 1:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Il faut deux personnes au moins qui puissent publier. "
            "Donnez d'abord le rôle « valideur » à une autre personne."
        )
    )


def peut_recevoir_un_administrateur(*, administrateurs: int) -> Decision:
    """L'exploitant ne nomme un administrateur que là où il n'y en a plus :
    ailleurs, l'organisme choisit seul.
    """
    if administrateurs == 0:
        return Decision.accord()
    return Decision.refus(
        Motif("Cet organisme a un administrateur. C'est à lui de donner les rôles.")
    )


def administrateur_peut_fermer_le_compte(
    *, autres_organismes: int, entreprises: int, est_gardien: bool
) -> Decision:
    """Un organisme ne ferme pas un compte qui sert aussi ailleurs :
    il n'y retire que ses propres rôles.
    """
    return Decision.selon(
        Motif(
            "Cette personne a aussi un rôle dans un autre organisme. "
            "Retirez seulement ses rôles ici."
        )
        if autres_organismes
        else None,
        Motif("Cette personne répond aussi pour une entreprise. Retirez seulement ses rôles ici.")
        if entreprises
        else None,
        Motif(
            "Cette personne est gardien de secours du service. "
            "Demandez à l'exploitant de fermer son compte."
        )
        if est_gardien
        else None,
    )


def siret_d_organisme(siret: str) -> Decision:
    """Le SIRET d'une personne publique : quatorze chiffres et deux clés de Luhn ;
    La Poste n'en est pas une.
    """
    if len(siret) != 14 or not (siret.isascii() and siret.isdigit()):
        return Decision.refus(Motif("Un SIRET a 14 chiffres."))
    if not (luhn.is_valid(siret) and luhn.is_valid(siret[:9])):
        return Decision.refus(
            Motif("Ce SIRET n'existe pas : un chiffre est faux, ou deux sont inversés.")
        )
    return Decision.accord()
