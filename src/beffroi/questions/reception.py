"""Recevoir un envoi trop gros sans le garder ni perdre le texte qui l'accompagne."""

from django.core.files.uploadhandler import FileUploadHandler

from beffroi.questions.rules import OCTETS_PAR_PIECE


class PiecesBornees(FileUploadHandler):
    """Au-delà de la limite, les octets passent et s'oublient : le formulaire voit un fichier trop gros, et le dit.

    Ce qui suit le fichier dans l'envoi, le texte tapé, arrive ainsi entier. Le disque n'en garde qu'une limite.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None if start > OCTETS_PAR_PIECE else raw_data

    def file_complete(self, file_size: int) -> None:
        return None
