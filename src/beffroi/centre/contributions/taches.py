"""Ce que l'ouvrier fait après l'émission :
un PDF par adhérent, gardé et daté, puis un courriel qui l'annonce.
"""

from django.db import transaction
from django.tasks import task

from beffroi.centre.contributions.models import Contribution
from beffroi.socle.fondations.horloge import maintenant


@task()
def preparer_les_documents(cles: list[int]) -> None:
    """Compose les documents de ce lot. Refaite, elle ne refait rien de ce qui est gardé."""
    from beffroi.centre.contributions.services.emission import garder_le_document

    lot = Contribution.objects.filter(pk__in=cles, document={}).select_related(
        "exercice__grille", "adherent"
    )
    for contribution in lot.order_by("pk"):
        with transaction.atomic():
            garder_le_document(contribution=contribution, maintenant=maintenant())
