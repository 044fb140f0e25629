"""Les noms que porte une archive : une offre glissée dans un ZIP reste une offre."""

import zipfile
from typing import BinaryIO

NOMS_LUS = 2_000


def noms_dans(nom: str, flux: BinaryIO) -> list[str]:
    """Les noms des fichiers d'un ZIP, sans en ouvrir aucun ; un ZIP chiffré se dit scellé.

    Rien pour un autre format.
    """
    if not nom.casefold().endswith(".zip"):
        return []
    depart = flux.tell()
    try:
        entrees = zipfile.ZipFile(flux).infolist()[:NOMS_LUS]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError):
        return []
    finally:
        flux.seek(depart)
    noms = [entree.filename.rpartition("/")[2] for entree in entrees]
    return [f"{nom}.enc"] if any(entree.flag_bits & 1 for entree in entrees) else noms
