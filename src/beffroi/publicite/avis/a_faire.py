"""« À faire » et les avis : un rectificatif, une annulation prêts à partir."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.publicite.avis.queries import avis_a_envoyer
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates


def avis_prets(
    consultations: Iterable[Consultation], *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Un rectificatif ou une annulation rédigés d'office n'attendent
    qu'une personne pour partir.
    """
    for pret in avis_a_envoyer(consultations):
        yield AFaire(
            titre=f"Un {pret.get_sorte_display().lower()} est prêt à envoyer",
            detail=f"{pret.consultation.titre} ({pret.get_forme_display().lower()})",
            url=f"/consultations/{pret.consultation.reference}/publicite/{pret.reference}/",
            geste="Envoyer",
            quand=f"Rédigé le {dates.jour(pret.ecrit_le)}",
            presse=True,
            echeance=pret.ecrit_le,
        )


def prets(
    consultations: list[Consultation], *, personne: Utilisateur, le: datetime
) -> list[QuerySet[Any]]:
    return [avis_a_envoyer(consultations)]
