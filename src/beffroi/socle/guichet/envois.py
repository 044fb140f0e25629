"""Recevoir un envoi trop gros sans le garder ni perdre ce qui est saisi à côté."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from io import BytesIO
from typing import Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from beffroi.socle.guichet.limites import OCTETS_PAR_PIECE


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


def envoi_borne(
    recevoir: type[EnvoiBorne],
) -> Callable[[Callable[..., Any]], Callable[..., HttpResponseBase]]:
    """Borne l'envoi avant que quiconque le lise.

    La garde CSRF le lirait d'abord : elle passe juste après.
    """

    def borner(vue: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
        gardee = csrf_protect(vue)

        @csrf_exempt
        @wraps(vue)
        def bornee(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.upload_handlers.insert(0, recevoir(request))
            reponse: HttpResponseBase = gardee(request, *args, **kwargs)
            return reponse

        return bornee

    return borner
