"""Rendre un DUME à qui le télécharge."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def en_fichier(contenu: bytes, *, nom: str) -> HttpResponse:
    reponse = HttpResponse(contenu, content_type="application/xml; charset=utf-8")
    reponse["Content-Disposition"] = content_disposition_header(True, nom) or "attachment"
    reponse["X-Content-Type-Options"] = "nosniff"
    return reponse
