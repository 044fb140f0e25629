"""Qui demande : une personne, à qui l'on rend une page, ou un logiciel, à qui l'on dit un problème
(RFC 9457).
"""

from django.http import HttpRequest

PREFIXE = "/api/"


def est_une_api(request: HttpRequest) -> bool:
    """L'adresse le dit, et elle seule : une demande refusée tôt n'a encore ni vue, ni compte."""
    return request.path.startswith(PREFIXE)
