"""Télécharger de quoi ouvrir sans la plateforme."""

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_POST

from beffroi.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.ouverture import emport, queries, services
from beffroi.socle.horloge import maintenant


@jamais_gardee
@connexion_requise
@require_POST
def hors_ligne(request: HttpRequest, reference: str) -> StreamingHttpResponse:
    """Un ZIP : les plis scellés, la part de la personne et ses fentes."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    pieces = services.emporter_les_plis(seance=seance, par=request.user, maintenant=le)
    reponse = StreamingHttpResponse(emport.archive(pieces, seance, le=le), content_type="application/zip")
    nom = f"plis-scelles-{seance.consultation.reference}.zip"
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    reponse["X-Content-Type-Options"] = "nosniff"
    return reponse
