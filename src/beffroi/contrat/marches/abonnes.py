"""Un contrat vient d'être notifié : sa fiche de données essentielles se prépare d'elle-même."""

import logging

from django.db import transaction

from beffroi.contrat.marches.events import MarcheNotifie
from beffroi.contrat.marches.rules.dates import fiche_due
from beffroi.contrat.marches.services import publication
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.erreurs import ErreurMetier
from beffroi.socle.journal.acteurs import PLATEFORME

journal = logging.getLogger(__name__)


def preparer_la_fiche(annonce: MarcheNotifie) -> None:
    """Ce qui manque à la fiche n'empêche jamais de notifier : elle se prépare alors à la main."""
    marche = annonce.marche
    if marche.notifie_le is None or not fiche_due(
        notifie=marche.notifie_le, montant=marche.maximum or marche.montant
    ):
        return
    try:
        with transaction.atomic():
            publication.preparer(marche=marche, par=PLATEFORME, maintenant=horloge.maintenant())
    except ErreurMetier as refus:
        journal.info("Fiche de %s non préparée : %s", marche.reference, refus.message)
