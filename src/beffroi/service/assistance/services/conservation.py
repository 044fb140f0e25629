"""Effacer ce qui n'a plus lieu d'être gardé : qui demandait, et ce qu'il écrivait.

L'acte, lui, reste compté.
"""

from datetime import datetime

from django.db import transaction

from beffroi.service.assistance import queries
from beffroi.service.assistance.models import Demande, Message, PieceDeMessage
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import journaliser

EFFACE = "effacé"


@transaction.atomic
def effacer(*, demande: Demande, maintenant: datetime) -> None:
    """Deux ans après la fin de l'échange (RGPD, art. 5, § 1, e) :
    ni nom, ni adresse, ni texte, ni fichier.
    """
    cles = list(
        PieceDeMessage.objects.filter(message__demande=demande).values_list(
            "cle_de_stockage", flat=True
        )
    )
    Message.objects.filter(demande=demande).delete()
    demande.nom, demande.courriel, demande.telephone = "", "", EFFACE
    demande.sujet, demande.mot_de_satisfaction = EFFACE, ""
    demande.save(update_fields=["nom", "courriel", "telephone", "sujet", "mot_de_satisfaction"])
    journaliser("demande.effacer", sujet=demande.reference, par=PLATEFORME, le=maintenant)
    transaction.on_commit(lambda: _oter(cles))


def _oter(cles: list[str]) -> None:
    for cle in cles:
        stockage().supprimer(cle)


def effacer_les_echues(*, le: datetime) -> int:
    echues = list(queries.a_effacer(le))
    for demande in echues:
        effacer(demande=demande, maintenant=le)
    return len(echues)
