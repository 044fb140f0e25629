"""Les contrôles officiels d'un avis européen, demandés par l'acte et faits hors de lui."""

from datetime import datetime

from django.db import transaction
from django.tasks import task

from beffroi.publicite.avis.models import Avis, VerificationDAvis
from beffroi.publicite.avis.verification import rapport_de
from beffroi.socle.fondations import horloge
from formats.avis import rapport


@transaction.atomic
def demander_la_verification(*, avis: Avis, maintenant: datetime) -> VerificationDAvis:
    """Soumet l'avis européen aux contrôles officiels, hors de la requête.

    Rien de juridique : le journal n'en dit rien.
    """
    neuve = {"demandee_le": maintenant, "faite_le": None, "rapport": None}
    verification, _ = VerificationDAvis.objects.update_or_create(avis=avis, defaults=neuve)
    verifier.enqueue(avis.reference)
    return verification


@task()
def verifier(reference: str) -> None:
    """Les contrôles officiels d'un avis européen :
    plusieurs secondes, donc jamais pendant une requête.
    """
    avis = Avis.objects.get(reference=reference)
    noter_la_verification(
        avis=avis, rapport=rapport.en_json(rapport_de(avis)), maintenant=horloge.maintenant()
    )


@transaction.atomic
def noter_la_verification(*, avis: Avis, rapport: dict[str, object], maintenant: datetime) -> None:
    """Garde ce que les contrôles ont dit."""
    VerificationDAvis.objects.filter(avis=avis).update(faite_le=maintenant, rapport=rapport)
