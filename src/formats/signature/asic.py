"""ASiC-S (ETSI EN 319 162) : une archive, un document, une signature.

Les archives à plusieurs documents sortent du profil.
"""

import io
import zipfile
from dataclasses import dataclass

from formats.pannes_de_zip import PANNES_DE_ZIP
from formats.signature.verdict import HorsProfil

TYPES = {b"application/vnd.etsi.asic-s+zip", b"application/vnd.etsi.asic-e+zip"}
OCTETS_D_UN_MEMBRE, MEMBRES = 200_000_000, 50
AUTRE = (
    "Cette archive ASiC est d'une forme qui ne se vérifie pas ici : "
    "elle doit porter un document et une signature."
)


@dataclass(frozen=True)
class Conteneur:
    nom: str
    document: bytes
    signature: bytes


def est_un_conteneur(octets: bytes) -> bool:
    """Une archive qui se dit ASiC dès ses premiers octets (EN 319 162-1,
    A.1), ou qui range une signature où il faut.
    """
    if not octets.startswith(b"PK\x03\x04"):
        return False
    debut = octets[:200]
    return any(un in debut for un in TYPES) or b"META-INF/signature" in octets[-200_000:].lower()


def ouvrir(octets: bytes) -> Conteneur:
    """Le document et sa signature ; lève `HorsProfil` pour toute autre forme, doublons compris."""
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            membres = [m for m in archive.infolist() if not m.is_dir()]
            _mesurer(membres)
            signatures = [m for m in membres if m.filename.startswith("META-INF/")]
            documents = [m for m in membres if m not in signatures and m.filename != "mimetype"]
            if len(documents) != 1 or len(signatures) != 1:
                raise HorsProfil("GENERIC", AUTRE)
            return Conteneur(
                documents[0].filename, archive.read(documents[0]), archive.read(signatures[0])
            )
    except PANNES_DE_ZIP as panne:
        raise HorsProfil(
            "GENERIC", "Cette archive ASiC est abîmée : elle n'a pas pu être lue."
        ) from panne


def _mesurer(membres: list[zipfile.ZipInfo]) -> None:
    noms = [m.filename for m in membres]
    if len(noms) != len(set(noms)) or len(noms) > MEMBRES:
        raise HorsProfil("GENERIC", AUTRE)
    if sum(m.file_size for m in membres) > OCTETS_D_UN_MEMBRE:
        raise HorsProfil("GENERIC", "Cette archive ASiC est trop grosse pour être vérifiée ici.")
