"""Télécharger de quoi ouvrir sans la plateforme."""

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_POST

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.seance.ouverture import emport, queries, services
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.telechargements import rendre_un_fichier


@jamais_gardee
@connexion_requise
@require_POST
def hors_ligne(request: HttpRequest, reference: str) -> StreamingHttpResponse:
    """Un ZIP : les plis scellés, la part de la personne et ses fentes."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    pieces = services.emporter_les_plis(seance=seance, par=request.user, maintenant=le)
    nom = f"plis-scelles-{seance.consultation.reference}.zip"
    return rendre_un_fichier(emport.archive(pieces, seance, le=le), nom)
