"""Servir un fichier venu d'ailleurs : le navigateur l'enregistre sous son nom, et ne l'ouvre jamais chez nous."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def a_enregistrer(octets: bytes, *, nom: str) -> HttpResponse:
    entetes = {
        "Content-Disposition": content_disposition_header(True, nom) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(octets, content_type="application/octet-stream", headers=entetes)
