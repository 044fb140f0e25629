"""Les formats de fichiers qu'un texte nomme."""

import re

from beffroi.achat.relectures.rules.reperage.trouvaille import Trouvaille, chercher
from formats.lecture import Texte

_EXTENSIONS = (
    "docx?|xlsx?|pptx?|pdf|odt|ods|odp|odg|rtf|zip|rar|7z|tar|exe"
    "|dwg|dxf|dwf|ifc|xml|json|csv|txt|jpe?g|png|gif|tiff?|bmp"
    "|vbs|bat|mdb|accdb|mpp|html?|p7s|p7m|xades|mp4"
)
_FORMAT = re.compile(rf"(?<![\w@])\*?\.(?P<point>{_EXTENSIONS})\b|\b(?P<nu>{_EXTENSIONS})\b(?!\.)")
_NOM_DE_FICHIER = re.compile(
    r"(?<![\w./@])(?P<nom>[\w\-+°']{1,80}(?:\.[\w\-]{1,40}){0,3}?\."
    r"(?:docx?|xlsx?|pdf|odt|ods|zip|dwg|dxf|rtf|ifc|xml))\b"
)


def formats_nommes(texte: Texte) -> tuple[Trouvaille[str], ...]:
    """Les formats, sans point et en minuscules : « .doc », « PDF »."""
    return tuple(chercher(texte, _FORMAT, lambda m: m["point"] or m["nu"]))


def fichiers_nommes(texte: Texte) -> tuple[Trouvaille[str], ...]:
    """Les noms de fichiers, tels que le texte les écrit mais sans majuscules ni
    accents : « cctp_lot1.pdf ».

    Un nom qui contient des espaces n'en garde que la fin : rien ne dit où il commence.
    """
    return tuple(chercher(texte, _NOM_DE_FICHIER, lambda m: m["nom"]))
