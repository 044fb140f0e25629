"""Regarder une tentative laisse une trace : qui, au centre, et quand."""

from datetime import datetime

from django.db import transaction

from beffroi.comptes.models import Utilisateur
from beffroi.depots.models import BrouillonDeReponse
from beffroi.journal.services import journaliser


@transaction.atomic
def regarder(*, brouillon: BrouillonDeReponse, par: Utilisateur, maintenant: datetime) -> None:
    """Une écriture par regard : l'entreprise, ou un juge, saura qui a vu quoi."""
    journaliser("tentative.regarder", sujet=brouillon.reference, par=par.acteur, le=maintenant)
