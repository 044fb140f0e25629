"""Ce qu'un répartiteur ou un superviseur demande à un nœud : es-tu là, peux-tu servir ?"""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from beffroi.socle.fondations.horloge import heure_reelle
from beffroi.socle.noeuds.etat import etat_du_noeud


@login_not_required
@require_safe
@never_cache
def sante(request: HttpRequest) -> HttpResponse:
    """Le processus répond : rien d'autre n'est demandé, ni la base, ni le stockage."""
    return HttpResponse("vivant\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@never_cache
def pret(request: HttpRequest) -> HttpResponse:
    """200 si ce nœud peut servir, 503 sinon ; et ce qu'il en est de chaque partie."""
    etat = etat_du_noeud(le=heure_reelle())
    if etat.pret:
        return JsonResponse(etat.dit())
    return JsonResponse(
        etat.dit(), status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "5"}
    )
