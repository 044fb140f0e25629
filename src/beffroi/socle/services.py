"""Les écritures du socle : un numéro qui suit, un courriel qui part."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from beffroi.socle.models import Courriel, Numerotation


def numero_suivant(suite: str) -> int:
    """Le numéro qui suit dans la suite ; la transaction de l'appelant le garde ou le rend."""
    cette_suite = Numerotation.objects.filter(suite=suite)
    if not cette_suite.update(dernier=F("dernier") + 1):
        Numerotation.objects.get_or_create(suite=suite)
        cette_suite.update(dernier=F("dernier") + 1)
    return Numerotation.objects.values_list("dernier", flat=True).get(suite=suite)


@transaction.atomic
def ecrire_courriel(
    *,
    cle: str,
    destinataire: str,
    sujet: str,
    texte: str,
    maintenant: datetime,
    pieces: list[dict[str, Any]] | None = None,
) -> Courriel:
    """Met un courriel à la boîte d'envoi. La même clé n'écrit qu'un courriel.

    `pieces` : liste de `{"nom": …, "type": …, "fabrique": "chemin.de.fonction", "arguments": […]}` ;
    la fonction rend les octets au moment de l'envoi.
    """
    courriel, nouveau = Courriel.objects.get_or_create(
        cle=cle,
        defaults={
            "destinataire": destinataire,
            "sujet": " ".join(sujet.split())[:250],
            "texte": texte,
            "pieces": pieces or [],
            "ecrit_le": maintenant,
        },
    )
    if nouveau:
        from beffroi.socle.courriel import envoyer_courriel

        envoyer_courriel.enqueue(courriel.pk)
    return courriel
