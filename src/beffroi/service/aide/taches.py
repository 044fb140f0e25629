"""La ronde de l'aide."""

from datetime import datetime

from beffroi.service.aide import services


def effacer(le: datetime) -> None:
    """Ronde : un numéro de téléphone ne reste pas."""
    services.effacer_les_rappels(le=le)
