"""Ce que la page d'une réponse rapporte :
les messages qu'elle a montrés, ses reprises, ses erreurs. Jamais un contenu.
"""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.reponse.depots import queries
from beffroi.reponse.traces.noter import depuis_le_navigateur
from beffroi.reponse.traces.rules import OCTETS_PAR_ENVOI
from beffroi.socle.fondations.horloge import maintenant


@connexion_requise
@require_POST
def traces(request: HttpRequest, reference: str) -> HttpResponse:
    """Toujours 204 à qui prépare cette réponse :
    une trace illisible ne vaut pas un message d'erreur.
    """
    brouillon = queries.reponse_pour(request.user, reference)
    try:
        envoyees = json.loads(request.read(OCTETS_PAR_ENVOI))
    except (ValueError, RecursionError):
        envoyees = None
    depuis_le_navigateur(request, brouillon.reference, envoyees, le=maintenant())
    return HttpResponse(status=204)
