"""Recevoir un envoi trop gros sans le garder ni perdre ce qui est saisi à côté."""

from django.core.files.uploadhandler import FileUploadHandler

from beffroi.pieces.rules import OCTETS_PAR_PIECE


class EnvoiBorne(FileUploadHandler):
    """Au-delà de la limite, les octets passent et s'oublient : le formulaire voit un fichier trop gros, et le dit."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None if start > OCTETS_PAR_PIECE else raw_data

    def file_complete(self, file_size: int) -> None:
        return None
