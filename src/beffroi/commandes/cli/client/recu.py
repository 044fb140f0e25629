"""Le récépissé que l'entreprise garde :
celui de la plateforme, et les manifestes qu'elle seule possède.
"""

from typing import Any

from sceau import receipt


def completer(archive: bytes, manifestes: list[dict[str, Any]]) -> bytes:
    """Avec ses manifestes, l'entreprise prouve ce qu'elle a déposé,
    fichier par fichier, sans nous.
    """
    return receipt.with_manifests(archive, manifestes)
