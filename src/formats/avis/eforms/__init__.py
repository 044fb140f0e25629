"""L’avis européen (eForms), en XML."""

from formats.avis.eforms.attribution import construire_l_attribution
from formats.avis.eforms.construction import SDK, construire

__all__ = ["SDK", "construire", "construire_l_attribution"]
