"""Refuser avant ses octets un fichier que rien n'attend ; recevoir un envoi trop gros sans le
garder ni perdre ce qui est saisi à côté.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    MemoryFileUploadHandler,
    TemporaryFileUploadHandler,
)
from django.http import HttpRequest

from beffroi.socle.fondations.erreurs import ErreurMetier
from beffroi.socle.guichet.limites import OCTETS_PAR_PIECE

# Des champs, et rien d'autre : le plus long formulaire en est loin.
OCTETS_SANS_FICHIER = 10_000_000
SANS_FICHIER = "Cette page ne reçoit pas de fichier : rien n'a été gardé. Envoyez-la sans fichier."
TROP_LONG = "Cet envoi est trop long pour cette page : rien n'en a été lu. Raccourcissez-le."


@dataclass(frozen=True)
class Fichier:
    """Un fichier tel que la personne le choisit."""

    nom: str
    flux: BinaryIO


class EnvoiBorne(FileUploadHandler):
    """Au-delà de la limite, les octets passent et s'oublient :
    le formulaire voit un fichier trop gros, et le dit.

    Ce qui suit le fichier dans l'envoi, le texte tapé, arrive ainsi entier.
    Le disque n'en garde qu'une limite.
    """

    @property
    def limite(self) -> int:
        return OCTETS_PAR_PIECE

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None if start > self.limite else raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """Trop gros, il n'en reste que le nom et la vraie taille :
        le refus la dit, et non celle où l'on s'est arrêté.
        """
        if file_size <= self.limite:
            return None
        return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size, self.charset)


def borne_a(octets: int) -> type[EnvoiBorne]:
    """Pour une page dont la règle, ou le champ, juge la taille.

    Arrêté juste après la limite, le fichier la dépasse encore : elle le voit, et dit la sienne.
    """

    class EnvoiBorneA(EnvoiBorne):
        @property
        def limite(self) -> int:
            return octets

        def file_complete(self, file_size: int) -> None:
            return None

    return EnvoiBorneA


class FichierInattendu(ErreurMetier):
    """Un fichier envoyé à une page qui n'en attend aucun."""

    statut = 413
    titre = "Cette page ne reçoit pas de fichier"


class AucunFichier(FileUploadHandler):
    """D'office, partout : un fichier se refuse avant son premier octet.

    La page qui en attend un le dit (`envoi_borne`), et reçoit alors dans sa limite.
    """

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > OCTETS_SANS_FICHIER:
            raise FichierInattendu(TROP_LONG)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise FichierInattendu(SANS_FICHIER)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None


def envoi_borne[Vue: Callable[..., Any]](
    recevoir: type[EnvoiBorne],
) -> Callable[[Vue], Vue]:
    """Dit qu'une page attend un fichier, et jusqu'à quelle taille.

    Lu avant que quiconque lise l'envoi, la garde CSRF comprise (`portail.envois_attendus`).
    """

    def attendre(vue: Vue) -> Vue:
        vue.envoi_attendu = recevoir  # type: ignore[attr-defined]
        return vue

    return attendre


def recevoir_comme(recevoir: type[EnvoiBorne], request: HttpRequest) -> None:
    """L'envoi se lira dans cette limite, en mémoire puis en fichier temporaire."""
    request.upload_handlers = [
        recevoir(request),
        MemoryFileUploadHandler(request),
        TemporaryFileUploadHandler(request),
    ]
