"""La boîte d'envoi : marquer ce qui est parti."""

from datetime import datetime

from beffroi.socle.models import Courriel


def marquer_envoye(courriel: Courriel, *, le: datetime) -> None:
    Courriel.objects.filter(pk=courriel.pk, envoye_le=None).update(envoye_le=le)
