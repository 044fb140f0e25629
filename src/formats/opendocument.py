"""Ce que nos classeurs et nos documents OpenDocument ont en commun :
leurs métadonnées, et des octets reproductibles.
"""

import io
import zipfile
from datetime import UTC, datetime

import odfdo

_DATE_DE_ZIP = (1980, 1, 1, 0, 0, 0)


def dater(document: odfdo.Document, *, titre: str, etabli_le: datetime) -> None:
    document.meta.title = titre
    document.meta.language = "fr-FR"
    document.meta.generator = "Beffroi"
    document.meta.creation_date = etabli_le.astimezone(UTC).replace(microsecond=0, tzinfo=None)


def octets(document: odfdo.Document) -> bytes:
    """Le fichier entier ; à contenu égal, les octets sont les mêmes."""
    tampon = io.BytesIO()
    document.save(tampon)
    return _sans_date_de_fabrication(tampon.getvalue())


def automatiques(document: odfdo.Document) -> odfdo.Element:
    """Les styles propres à ce document, ceux qu'une table ou une cellule emploie."""
    styles = document.content.get_element("//office:automatic-styles")
    if styles is None:
        raise ValueError("Le modèle du document n'a pas de styles automatiques.")
    return styles


def _sans_date_de_fabrication(zip_brut: bytes) -> bytes:
    """Réécrit le ZIP avec une date fixe ; `mimetype` reste premier et non compressé."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(zip_brut)) as source, zipfile.ZipFile(sortie, "w") as cible:
        for entree in source.infolist():
            fixe = zipfile.ZipInfo(entree.filename, _DATE_DE_ZIP)
            fixe.compress_type = entree.compress_type
            cible.writestr(fixe, source.read(entree.filename))
    return sortie.getvalue()
