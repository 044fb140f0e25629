"""La place sur le disque : à qui elle se garde, ce que tient une personne que rien ne prouve.

Une réponse commencée va à son terme ; qui n'a encore rien envoyé apprend, avant son premier octet,
que la place manque, et par quel autre chemin répondre (CCP, art. R. 2132-11).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from beffroi.reponse.depots.limits import GIGAOCTET, OCTETS_PAR_REPONSE
from droit.citation import Article
from droit.decision import Decision, Motif

# De quoi finir une réponse entière ; sur un petit disque, un vingtième.
RESERVE_POUR_CENT = 5
OCTETS_SANS_ADRESSE_PROUVEE = 2 * GIGAOCTET
# Rien ne s'efface de ce qui bouge encore.
REPOS = timedelta(hours=24)
COPIE_DE_SAUVEGARDE = Article("CCP", "R. 2132-11")


def reserve(total: int) -> int:
    """Ce qui reste à ceux qui envoient déjà."""
    return min(OCTETS_PAR_REPONSE, total * RESERVE_POUR_CENT // 100)


def manque(*, libre: int, total: int) -> int:
    """Ce qu'il faudrait rendre pour que la réserve soit entière ; zéro s'il y en a assez."""
    return max(0, reserve(total) - libre)


def peut_commencer_a_envoyer(*, manque: int, envoie_deja: bool) -> Decision:
    """La réserve est à ceux qui envoient déjà ; les autres le savent avant de commencer."""
    return Decision.selon(
        Motif(
            "Notre serveur garde la place qui lui reste aux réponses déjà commencées : ce n'est "
            "pas de votre fait. Réessayez dans une heure, ou appelez l'assistance. Si l'heure "
            "limite est proche, remettez une copie de sauvegarde à l'acheteur.",
            COPIE_DE_SAUVEGARDE,
        )
        if manque and not envoie_deja
        else None
    )


def peut_tenir(*, est_connue: bool, est_sa_reponse: bool, tenus: int) -> Decision:
    """Sans adresse prouvée ni dépôt, une réponse entière par consultation, et deux gigaoctets pour
    toutes les autres ensemble. `tenus` : ces autres-là, avec ce qu'elle ajoute.
    """
    permis = est_connue or est_sa_reponse or tenus <= OCTETS_SANS_ADRESSE_PROUVEE
    return Decision.selon(
        None
        if permis
        else Motif(
            "Tant que votre adresse électronique n'est pas confirmée, une seule réponse par "
            "consultation s'envoie en entier, et les autres tiennent en 2 Go. Ouvrez le lien que "
            "nous vous avons écrit, puis reprenez : rien de ce qui est reçu n'est perdu."
        )
    )


@dataclass(frozen=True)
class Garde:
    """Une réponse jamais déposée, et ses octets."""

    limite: datetime | None
    est_connue: bool
    est_sa_reponse: bool
    dernier_octet_le: datetime


def tour_de_ceder(garde: Garde, *, le: datetime) -> int | None:
    """Quand la place manque, dans quel ordre ce qui n'a pas été déposé s'efface ; rien : jamais.

    L'heure limite passée d'abord ; puis ce qu'une personne que rien ne prouve tient en plus de sa
    réponse ; enfin sa réponse. Jamais ce qui a reçu un octet depuis un jour, ni ce qu'une personne
    connue prépare encore.
    """
    if le - garde.dernier_octet_le < REPOS:
        return None
    if garde.limite is not None and le - garde.limite >= REPOS:
        return 0
    if garde.est_connue:
        return None
    return 2 if garde.est_sa_reponse else 1
