"""Les deux adresses d'un service S3 : la nôtre, et celle que suit le navigateur d'une personne."""

from collections.abc import Mapping
from typing import Any


def adresse_du_public(reglages: Mapping[str, Any]) -> str:
    """Où le public joint le service ; d'ordinaire, au même endroit que nous."""
    return str(reglages.get("adresse_publique") or reglages["adresse"])
