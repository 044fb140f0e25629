"""Où s'écrivent les fichiers ouverts, et l'effacement de ceux qu'un essai interrompu a laissés."""

from django.db import transaction

from beffroi.seance.ouverture.models import OuverturePli
from beffroi.socle.fondations.stockage import stockage


def espace_des_clairs(ouverture: OuverturePli, essai: str) -> str:
    """Un espace par essai : deux essais d'une même enveloppe n'écrivent jamais au même endroit."""
    siret = ouverture.pli.consultation.organisme.siret
    return f"ouverts/{siret}/{ouverture.reference}/{essai}"


def effacer_les_clairs(ouverture: OuverturePli, essai: str) -> None:
    """L'essai n'a pas abouti : rien ne mène à ce qu'il a écrit, et rien ne doit en rester.

    L'espace s'efface aussi pour lui-même :
    une panne en pleine écriture y laisse un brouillon sans nom connu.
    """
    if not essai:
        return
    espace = espace_des_clairs(ouverture, essai)
    cles = [
        f"{espace}/{numero}" for numero, _ in enumerate(ouverture.enveloppe.fichiers.all(), start=1)
    ]

    def effacer() -> None:
        for cle in (*cles, espace):
            stockage().supprimer(cle)

    transaction.on_commit(effacer)
