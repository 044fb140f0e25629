"""Noter les pages d'une réponse, une fois rendues. La page ne l'attend pas de la base, et n'en échoue jamais."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from beffroi.comptes.adapter import connectee_le
from beffroi.socle.horloge import maintenant
from beffroi.tentatives.models import Nature
from beffroi.tentatives.noter import Quoi, noter
from beffroi.tentatives.rules import millisecondes

# Les pages d'une réponse en préparation : l'adresse en porte la référence.
PAGES = {
    "reponses:reponse": "Les étapes de la réponse",
    "reponses:groupement": "Le groupement",
    "reponses:lots": "Les lots",
    "reponses:pieces": "Les pièces de la candidature",
    "reponses:pieces_d_offre": "Les pièces de l'offre",
    "reponses:verifier_la_reponse": "Vérifier et déposer",
}
REFUS = range(400, 600)


class PagesDesTentatives:
    """Après la réponse rendue : la page vue, ou le refus et son statut."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reponse = self.get_response(request)
        ou = request.resolver_match
        if ou is not None and ou.view_name in PAGES and request.user.is_authenticated:
            nature = Nature.REFUS if reponse.status_code in REFUS else Nature.PAGE
            details = {"statut": reponse.status_code, **_connexion(request)}
            quoi = Quoi(nature, texte=PAGES[ou.view_name], details=details)
            noter(request, ou.kwargs["reference"], quoi, le=maintenant())
        return reponse


def _connexion(request: HttpRequest) -> dict[str, int]:
    """Quand la personne s'est connectée : la page le répète, car une connexion ne dit pas pour quelle réponse elle est."""
    le = connectee_le(request)
    return {"connexion_ms": millisecondes(le)} if le else {}
