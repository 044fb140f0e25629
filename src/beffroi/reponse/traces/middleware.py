"""Noter les pages d'une réponse, et celles d'avant elle, une fois rendues.

Aucune n'en échoue, ni n'attend la base.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from beffroi.personnes.comptes.queries import connectee_le
from beffroi.reponse.traces.models import Nature
from beffroi.reponse.traces.noter import Quoi, Sujet, dire_le_refus, noter_les_limites, noter_sur
from beffroi.reponse.traces.rules import millisecondes
from beffroi.socle.fondations.erreurs import ErreurMetier
from beffroi.socle.fondations.horloge import maintenant

# Les pages d'une réponse en préparation : l'adresse en porte la référence.
PAGES = {
    "reponses:reponse": "Les étapes de la réponse",
    "reponses:groupement": "Le groupement",
    "reponses:lots": "Les lots",
    "reponses:pieces": "Les pièces de la candidature",
    "reponses:pieces_d_offre": "Les pièces de l'offre",
    "reponses:verifier_la_reponse": "Vérifier et déposer",
}
# Avant que la réponse existe : la page où une entreprise la commence, et ce qui l'en empêche.
COMMENCER = "reponses:commencer"
# Avant encore : ce qu'elle lit de la consultation.
LUES = {
    "consultations:fiche": "La consultation",
    "consultations:documents": "Les documents de la consultation",
}
NOMS = {**PAGES, **LUES, COMMENCER: "Commencer une réponse"}
REFUS = range(400, 600)


class PagesDesTentatives:
    """Après la réponse rendue : la page vue, ou le refus et son statut."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reponse = self.get_response(request)
        ou = request.resolver_match
        if ou is None or not _est_a_noter(ou.view_name, request, reponse):
            return reponse
        if not request.user.is_authenticated:
            return reponse
        quoi, le = _quoi(request, reponse, NOMS[ou.view_name]), maintenant()
        sur = "reponse" if ou.view_name in PAGES else "consultation"
        sujet = Sujet(request.user.reference, **{sur: ou.kwargs["reference"]})
        noter_sur(request, sujet, quoi, le=le)
        if quoi.nature == Nature.PAGE and ou.view_name not in LUES:
            noter_les_limites(request, sujet, le=le)
        return reponse

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Le refus du métier, tel que la page le dira ; la rendre est l'affaire d'un autre."""
        if isinstance(exception, ErreurMetier):
            dire_le_refus(request, exception.message)


def _est_a_noter(page: str, request: HttpRequest, reponse: HttpResponseBase) -> bool:
    """Toute page d'une réponse ;
    avant elle, ce qu'une entreprise lit, ou un clic sur « Commencer » refusé avant la vue.
    """
    if page in LUES:
        return hasattr(request, "est_regardee") and reponse.status_code == HTTPStatus.OK
    if page != COMMENCER:
        return page in PAGES
    return hasattr(request, "a_noter") or (
        request.method == "POST" and reponse.status_code in REFUS
    )


def _quoi(request: HttpRequest, reponse: HttpResponseBase, page: str) -> Quoi:
    dit = getattr(request, "refus_dit", "")
    nature = Nature.REFUS if reponse.status_code in REFUS else Nature.PAGE
    details = {"statut": reponse.status_code, **_connexion(request)}
    return Quoi(nature, texte=f"{page} : {dit}" if dit else page, details=details)


def _connexion(request: HttpRequest) -> dict[str, int]:
    """Quand la personne s'est connectée :
    la page le répète, car une connexion ne dit pas pour quelle réponse elle est.
    """
    le = connectee_le(request)
    return {"connexion_ms": millisecondes(le)} if le else {}
