"""Qui demande : une personne, à qui l'on rend une page, ou un logiciel, à qui l'on dit un problème
(RFC 9457).
"""

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse

from beffroi.socle.fondations import en_cours

PREFIXE = "/api/"


def est_une_api(request: HttpRequest) -> bool:
    """L'adresse le dit, et elle seule : une demande refusée tôt n'a encore ni vue, ni compte."""
    return request.path.startswith(PREFIXE)


def probleme(statut: HTTPStatus, phrase: str) -> JsonResponse:
    """Un refus dit à un logiciel ou à un script, avant l'API (RFC 9457) : elle le laisse tel quel.

    `instance` est l'identifiant de la demande, celui de `X-Request-ID`.
    """
    corps = {
        "type": "about:blank",
        "title": phrase,
        "status": statut,
        "detail": phrase,
        "instance": en_cours.urn(),
    }
    return JsonResponse(
        corps,
        status=statut,
        content_type="application/problem+json",
        headers={"Cache-Control": "no-store"},
    )
