"""Ajouter au récépissé les manifestes que seule l'entreprise possède : avec eux, elle prouve ce qu'elle a déposé."""

import io
import zipfile
from typing import Any

from sceau import receipt

DATE = (1980, 1, 1, 0, 0, 0)


def completer(archive: bytes, manifestes: list[dict[str, Any]]) -> bytes:
    """Le récépissé de la plateforme, et `manifestes/…json` en plus."""
    sortie = io.BytesIO(archive)
    with zipfile.ZipFile(sortie, "a", zipfile.ZIP_STORED) as zip_:
        for manifeste in manifestes:
            nom = "-".join(filter(None, [manifeste["enveloppe"], str(manifeste["lot"] or "")]))
            zip_.writestr(zipfile.ZipInfo(f"manifestes/{nom}.json", DATE), receipt.canonical(manifeste))
    return sortie.getvalue()
