"""Activer d'un coup plusieurs adhérents dont la convention est signée :
chacun son organisme, et son premier administrateur.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.services.cycle import activer
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.acteurs import Acteur


@transaction.atomic
def activer_en_nombre(
    *, conventions: Sequence[Convention], par: Acteur, maintenant: datetime
) -> int:
    """Toutes, ou aucune : un refus nomme l'adhérent qu'il concerne.

    L'activation reste celle de la convention.
    """
    if not conventions:
        raise RegleEnfreinte("Choisissez au moins un adhérent.")
    for convention in sorted(conventions, key=lambda une: une.pk):
        try:
            activer(convention=convention, par=par, maintenant=maintenant)
        except (RegleEnfreinte, ConflitEtat) as refus:
            raise RegleEnfreinte(
                f"{convention.adherent.nom} : {refus.message} Personne n'est activé."
            ) from refus
    return len(conventions)
