"""OCDS 1.1.5 : publier un contrat, et ses modifications, dans le format ouvert international."""

from formats.ocds.publication import (
    Editeur,
    Edition,
    NumeroDouble,
    flux,
    ocid,
    paquet,
    publications,
)

__all__ = ["Editeur", "Edition", "NumeroDouble", "flux", "ocid", "paquet", "publications"]
