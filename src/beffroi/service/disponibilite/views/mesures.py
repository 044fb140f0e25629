"""Les mesures, à qui en a le jeton ; à tout autre, rien n'est là."""

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from beffroi.socle.fondations.horloge import heure_reelle


@login_not_required
@require_safe
@never_cache
def metriques(request: HttpRequest) -> HttpResponse:
    if not a_le_jeton(request.headers.get("Authorization", "")):
        raise Http404
    from prometheus_client import CONTENT_TYPE_LATEST

    from beffroi.service.disponibilite import mesures

    return HttpResponse(mesures.texte(heure_reelle()), content_type=CONTENT_TYPE_LATEST)


def a_le_jeton(autorisation: str) -> bool:
    jeton: str = settings.METRIQUES["jeton"]
    attendue = f"Bearer {jeton}"
    return bool(jeton) and hmac.compare_digest(attendue.encode(), autorisation.encode())
