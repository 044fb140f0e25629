"""À qui se fier ici : ce que l'exploitant a posé dans le dossier des fichiers officiels."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from formats.signature import Confiance, confiance_du_dossier


def confiance(*, le: datetime) -> Confiance:
    return confiance_du_dossier(Path(settings.NORMES) if settings.NORMES else None, le=le)
