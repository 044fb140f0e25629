"""Ce qu'une sonde d'ailleurs remet. La page du centre est chez `disponibilite`."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from beffroi.service.sonde import exterieures, services
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant


@csrf_exempt  # rien n'y dépend d'un cookie : le jeton fait foi
@login_not_required
@require_POST
def remettre(request: HttpRequest) -> JsonResponse:
    le, source = maintenant(), exterieures.source_de(request.headers.get("Authorization", ""))
    if source is None:
        return refus(HTTPStatus.UNAUTHORIZED, "Ce jeton n'est celui d'aucune sonde.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > exterieures.OCTETS_AU_PLUS:
        return refus(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"{exterieures.OCTETS_AU_PLUS} octets au plus."
        )
    try:
        mesures = exterieures.lire(request.body, maintenant=le)
    except RegleEnfreinte as erreur:
        return refus(HTTPStatus.UNPROCESSABLE_ENTITY, erreur.message)
    notees = services.noter_les_exterieures(source, mesures, maintenant=le)
    return JsonResponse(
        {"source": source, "recues": len(mesures), "notees": notees}, status=HTTPStatus.CREATED
    )


def refus(statut: HTTPStatus, phrase: str) -> JsonResponse:
    return JsonResponse({"erreur": phrase}, status=statut)
