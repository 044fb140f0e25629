"""La ronde des incidents : la page d'état que l'on héberge ailleurs."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from beffroi.service.incidents import page


def ecrire_la_page(le: datetime) -> None:
    """Ronde : la page se récrit à chaque minute, si l'installation dit où."""
    dossier: Path | None = settings.PAGE_D_ETAT
    if dossier is not None:
        page.ecrire(dossier, le=le)
