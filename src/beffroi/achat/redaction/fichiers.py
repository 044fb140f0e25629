"""Les documents en fichiers, prêts à déposer dans le dossier : un PDF et un ODT chacun."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.achat.redaction import documents
from droit.achat import Achat
from droit.en_vigueur import Droit
from formats.document import Document, odt, pdf

TYPE_PDF = "application/pdf"
TYPE_ODT = "application/vnd.oasis.opendocument.text"


@dataclass(frozen=True)
class Fichier:
    nom: str
    type_de_contenu: str
    octets: bytes


def fichiers(achat: Achat, droit: Droit, maintenant: datetime) -> tuple[Fichier, ...]:
    """Les cinq documents, chacun en PDF et en ODT.

    À achat, loi et date égaux, les octets sont les mêmes.
    """
    ecrits = documents.tous(achat, droit, maintenant)
    return tuple(fichier for nom, document in ecrits.items() for fichier in rendre(nom, document))


def rendre(nom: str, document: Document) -> tuple[Fichier, Fichier]:
    return (
        Fichier(f"{nom}.pdf", TYPE_PDF, pdf(document)),
        Fichier(f"{nom}.odt", TYPE_ODT, odt(document)),
    )
