"""Montrer chaque tête aux témoins :
qui tient leur signature sait que personne d'autre n'a vu un autre registre.
"""

import logging
from datetime import datetime
from functools import partial

from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.journal import queries
from beffroi.socle.journal.chainage import sur_l_arbre
from beffroi.socle.journal.models import PointDeControle
from beffroi.socle.journal.ports import AutreTaille, Temoin, temoins
from beffroi.socle.journal.services import ajouter_cosignature
from sceau import log

logger = logging.getLogger(__name__)


def faire_cosigner(le: datetime) -> None:
    """Ronde : chaque témoin voit la dernière tête.

    Un témoin muet ne retient rien : il verra la suivante.
    """
    tete = queries.derniere_tete()
    if tete is None:
        return
    for temoin in temoins():
        try:
            montrer(tete, temoin, le=le)
        except ServiceIndisponible as refus:
            logger.warning(
                "witness did not cosign", extra={"temoin": temoin.nom, "cause": refus.message}
            )


def montrer(tete: PointDeControle, temoin: Temoin, *, le: datetime) -> None:
    """Hors de toute transaction : un témoin lent ne retient aucun acte."""
    depuis = queries.derniere_taille_cosignee(temoin.nom)
    if depuis == tete.taille:
        return
    try:
        ligne = demander(tete, temoin, depuis=depuis)
    except AutreTaille as autre:
        if autre.taille > tete.taille:
            raise ServiceIndisponible(
                f"Le témoin {temoin.nom} a vu un journal plus long que le nôtre."
            ) from autre
        ligne = demander(tete, temoin, depuis=autre.taille)
    ajouter_cosignature(point=tete, temoin=temoin.nom, ligne=ligne, recue_le=le)


def demander(tete: PointDeControle, temoin: Temoin, *, depuis: int) -> str:
    suite = sur_l_arbre(partial(log.consistency, depuis, tete.taille))
    return temoin.cosigner(tete.note, depuis=depuis, preuve=suite)
