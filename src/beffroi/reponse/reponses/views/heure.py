"""L'heure du serveur : la seule qui compte, donnée à qui la demande."""

from datetime import UTC

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from beffroi.socle.fondations.horloge import maintenant


@login_not_required
@require_safe
def heure(request: HttpRequest) -> HttpResponse:
    """`2026-11-24T11:59:59.412Z`, jamais gardée en cache."""
    texte = maintenant().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return HttpResponse(
        texte, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
