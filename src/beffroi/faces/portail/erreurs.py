"""Les pages d'erreur :
ce qui s'est passé, pourquoi, quoi faire, et une référence à donner au téléphone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from beffroi.faces.portail import identite, navigation
from beffroi.socle.fondations import en_cours
from droit.decision import Motif

# Ces pages se rendent sans base de données ni session :
# elles servent quand tout le reste est en panne.
SANS_CONTEXTE = frozenset({500, 503, 507})
# Celles où la même demande peut réussir plus tard.
PASSAGERES = frozenset({429, 500, 503, 507})
CONNUES = frozenset({400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503, 507})


@dataclass(frozen=True)
class Geste:
    """Un lien au bas d'une page d'erreur."""

    libelle: str
    url: str


def page_erreur(
    request: HttpRequest,
    statut: int,
    *,
    message: str = "",
    motifs: Iterable[Motif] = (),
    attente_s: int | None = None,
) -> HttpResponse:
    """Rend la page du statut ; `message` remplace la phrase générale, `motifs` dit pourquoi."""
    contexte = {
        "statut": statut,
        "message": message,
        "motifs": tuple(motifs),
        "a_donner": en_cours.reference_a_donner(en_cours.identifiant()),
        "attente_s": attente_s,
        "gestes": tuple(gestes(request, statut)),
        "service": identite.service(),
        "pied": navigation.pied(code_source="")[-1].liens,
        "espace_d_essai": settings.ESPACE,
        "adresse_principale": settings.ADRESSE_PRINCIPALE,
    }
    gabarit = f"erreurs/{statut if statut in CONNUES else 500}.html"
    page = render_to_string(gabarit, contexte, request=None if statut in SANS_CONTEXTE else request)
    reponse = HttpResponse(page, status=statut, headers={"Cache-Control": "no-store"})
    if attente_s is not None:
        reponse["Retry-After"] = str(attente_s)
    return reponse


def gestes(request: HttpRequest, statut: int) -> Iterator[Geste]:
    """Où aller d'ici, sans rien taper :
    recharger si cela peut suffire, la page d'avant, et toujours l'accueil.
    """
    if statut in PASSAGERES and request.method in {"GET", "HEAD"}:
        yield Geste("Recharger la page", request.get_full_path())
    d_avant = page_d_avant(request)
    if d_avant:
        yield Geste("Revenir à la page précédente", d_avant)
    yield Geste("Aller à l'accueil", "/")


def page_d_avant(request: HttpRequest) -> str:
    """La page d'où vient la demande, si elle est du service ;
    rien d'ailleurs, ni celle où l'on est.
    """
    d_avant = request.headers.get("Referer", "")
    try:
        ici = request.build_absolute_uri()
        est_du_service = url_has_allowed_host_and_scheme(d_avant, {request.get_host()})
    except DisallowedHost:  # la page d'erreur d'un nom inconnu se rend aussi
        return ""
    return d_avant if est_du_service and d_avant != ici else ""


def requete_illisible(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page_erreur(request, HTTPStatus.BAD_REQUEST)


def acces_refuse(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page_erreur(request, HTTPStatus.FORBIDDEN, message=str(exception))


def introuvable(request: HttpRequest, exception: Exception) -> HttpResponse:
    # Le texte d'un Http404 de Django nomme des modèles : il ne s'adresse pas au public.
    return page_erreur(request, HTTPStatus.NOT_FOUND)


def trop_de_demandes(request: HttpRequest) -> HttpResponse:
    """Celle d'allauth, quand il refuse une demande de trop."""
    return page_erreur(request, HTTPStatus.TOO_MANY_REQUESTS)


def panne(request: HttpRequest) -> HttpResponse:
    return page_erreur(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def formulaire_perime(request: HttpRequest, reason: str = "") -> HttpResponse:
    """À nommer dans `CSRF_FAILURE_VIEW`."""
    return page_erreur(
        request,
        HTTPStatus.FORBIDDEN,
        message=(
            "Ce formulaire est resté ouvert trop longtemps, ou votre navigateur refuse les cookies."
        ),
    )
