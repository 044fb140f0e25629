"""Recevoir les octets d'une partie :
une vue simple, qui lit le flux sans jamais le tenir en mémoire.
"""

import base64
import binascii
import re
from http import HTTPStatus
from typing import BinaryIO, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from ninja.errors import HttpError

from beffroi.faces.api.acces import appelant_de
from beffroi.faces.api.problemes import probleme
from beffroi.personnes.comptes.portees import Portee
from beffroi.reponse.depots import limits, services
from beffroi.reponse.depots.errors import LongueurManquante
from beffroi.socle.fondations.erreurs import ErreurMetier, RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import Partie

LECTURE_OCTETS = 256 * 1024
CONDENSE = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):")


@login_not_required
@csrf_exempt  # un jeton n'a pas besoin de cette garde ; une session la repasse dans `appelant_de`
@require_http_methods(["PUT"])
def recevoir_une_partie(request: HttpRequest, fichier: str, numero: int) -> HttpResponse:
    """204 une fois la partie durable. Ni moins d'octets, ni d'autres octets que ceux annoncés."""
    try:
        appelant = appelant_de(request)
    except HttpError as erreur:
        return probleme(erreur.status_code)
    if appelant is None:
        return probleme(HTTPStatus.UNAUTHORIZED)
    request.auth = appelant  # type: ignore[attr-defined]
    appelant.exiger(Portee.REPONSES_DEPOSER)
    try:
        partie = Partie(
            numero=numero, taille=longueur_annoncee(request), sha256=condense_annonce(request)
        )
        services.recevoir_partie(
            fichier=appelant.fichier(fichier),
            partie=partie,
            flux=cast(BinaryIO, request),
            horloge=maintenant,
        )
    except ErreurMetier:
        ecouter_la_fin(request)
        raise
    ecouter_la_fin(request)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def longueur_annoncee(request: HttpRequest) -> int:
    """La longueur de l'envoi ; sans elle, rien ne dirait qu'il est arrivé entier."""
    brute = request.META.get("CONTENT_LENGTH", "")
    if not brute.isdigit():
        raise LongueurManquante("Donnez la longueur de la partie dans l'entête « Content-Length ».")
    return int(brute)


def condense_annonce(request: HttpRequest) -> str:
    """Le SHA-256 de la partie, dans `Content-Digest` (RFC 9530)."""
    trouve = CONDENSE.search(request.headers.get("Content-Digest", ""))
    try:
        octets = base64.b64decode(trouve.group(1), validate=True) if trouve else b""
    except binascii.Error:
        octets = b""
    if len(octets) != 32:
        raise RegleEnfreinte(
            "Donnez l'empreinte de la partie dans l'entête « Content-Digest: sha-256=:…: »."
        )
    return octets.hex()


def ecouter_la_fin(request: HttpRequest) -> None:
    """Lit ce qui reste d'une partie refusée ou répétée :
    le client entend ainsi la réponse au lieu d'une coupure.
    """
    reste = limits.OCTETS_DE_LA_PLUS_GRANDE_PARTIE
    while reste > 0 and (bloc := request.read(LECTURE_OCTETS)):
        reste -= len(bloc)
