"""Rendre un fichier venu d'une entreprise sans jamais l'exécuter ici (ASVS 3.2.1)."""

from collections.abc import Iterator
from typing import BinaryIO

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

BLOC = 256 * 1024


def en_piece_jointe(flux: BinaryIO, *, nom: str, taille: int) -> StreamingHttpResponse:
    """En pièce jointe, dans un bac à sable, sans type deviné : le contenu est celui de quelqu'un d'autre."""
    reponse = StreamingHttpResponse(blocs(flux), content_type="application/octet-stream")
    reponse["Content-Length"] = str(taille)
    reponse["Content-Disposition"] = content_disposition_header(True, nom) or "attachment"
    reponse["Content-Security-Policy"] = "default-src 'none'; sandbox"
    reponse["X-Content-Type-Options"] = "nosniff"
    reponse["Cross-Origin-Resource-Policy"] = "same-origin"
    return reponse


def blocs(flux: BinaryIO) -> Iterator[bytes]:
    with flux:
        while bloc := flux.read(BLOC):
            yield bloc
