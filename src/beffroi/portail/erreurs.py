"""Les pages d'erreur : ce qui s'est passé, pourquoi, quoi faire, et un numéro à donner au téléphone."""

import logging
import secrets
from collections.abc import Iterable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from beffroi.portail import identite
from droit.decision import Motif

logger = logging.getLogger(__name__)

# Ces pages se rendent sans base de données ni session : elles servent quand tout le reste est en panne.
SANS_CONTEXTE = frozenset({500, 503, 507})
CONNUES = frozenset({400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503, 507})
# Sans I, L, O ni U : le numéro se dicte au téléphone.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def numero_d_incident() -> str:
    """« I-7F3K-2M9Q » : assez court pour être lu à voix haute."""
    signes = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"I-{signes[:4]}-{signes[4:]}"


def page_erreur(
    request: HttpRequest,
    statut: int,
    *,
    message: str = "",
    motifs: Iterable[Motif] = (),
    attente_s: int | None = None,
) -> HttpResponse:
    """Rend la page du statut ; `message` remplace la phrase générale, `motifs` dit pourquoi."""
    incident = numero_d_incident()
    logger.warning("error page served", extra={"incident": incident, "statut": statut, "chemin": request.path})
    contexte = {
        "statut": statut,
        "message": message,
        "motifs": tuple(motifs),
        "incident": incident,
        "attente_s": attente_s,
        "service": identite.service(),
    }
    gabarit = f"erreurs/{statut if statut in CONNUES else 500}.html"
    page = render_to_string(gabarit, contexte, request=None if statut in SANS_CONTEXTE else request)
    reponse = HttpResponse(page, status=statut, headers={"X-Incident": incident, "Cache-Control": "no-store"})
    if attente_s is not None:
        reponse["Retry-After"] = str(attente_s)
    return reponse


def requete_illisible(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page_erreur(request, HTTPStatus.BAD_REQUEST)


def acces_refuse(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page_erreur(request, HTTPStatus.FORBIDDEN, message=str(exception))


def introuvable(request: HttpRequest, exception: Exception) -> HttpResponse:
    # Le texte d'un Http404 de Django nomme des modèles : il ne s'adresse pas au public.
    return page_erreur(request, HTTPStatus.NOT_FOUND)


def panne(request: HttpRequest) -> HttpResponse:
    return page_erreur(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def formulaire_perime(request: HttpRequest, reason: str = "") -> HttpResponse:
    """À nommer dans `CSRF_FAILURE_VIEW`."""
    return page_erreur(
        request,
        HTTPStatus.FORBIDDEN,
        message="Ce formulaire est resté ouvert trop longtemps, ou votre navigateur refuse les cookies.",
    )
