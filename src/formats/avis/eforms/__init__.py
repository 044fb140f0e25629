"""L’avis européen (eForms), en XML."""

from formats.avis.eforms.construction import SDK, construire

__all__ = ["SDK", "construire"]
