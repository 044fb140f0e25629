"""Ce qui passe entre une page et son script :
du JSON, des octets en base64, des refus en une phrase.
"""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.request import RawPostDataException

from beffroi.socle.fondations.erreurs import ErreurMetier, RegleEnfreinte

Vue = Callable[..., JsonResponse]


def en_json(vue: Vue) -> Vue:
    """Les refus du métier reviennent au script comme une phrase à montrer, avec leur code."""

    @wraps(vue)
    def enveloppe(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        try:
            return vue(request, *args, **kwargs)
        except ErreurMetier as erreur:
            motifs = [str(motif) for motif in erreur.motifs]
            return JsonResponse({"message": erreur.message, "motifs": motifs}, status=erreur.statut)

    return enveloppe


def lire_json(request: HttpRequest) -> dict[str, Any]:
    """L'objet JSON de la requête."""
    try:
        contenu = json.loads(request.body)
    except (ValueError, RawPostDataException) as erreur:
        # Un formulaire à plusieurs parties a déjà été lu, en chemin : ce n'est pas du JSON.
        raise RegleEnfreinte("L'envoi est illisible. Rechargez la page et recommencez.") from erreur
    if not isinstance(contenu, dict):
        raise RegleEnfreinte("L'envoi est illisible. Rechargez la page et recommencez.")
    return contenu


def champ(contenu: Mapping[str, Any], nom: str, sorte: type) -> Any:
    """La valeur attendue, du type attendu."""
    valeur = contenu.get(nom)
    if not isinstance(valeur, sorte):
        raise RegleEnfreinte("L'envoi est incomplet. Rechargez la page et recommencez.")
    return valeur


def octets(contenu: Mapping[str, Any], nom: str) -> bytes:
    try:
        return base64.b64decode(champ(contenu, nom, str), validate=True)
    except binascii.Error as erreur:
        raise RegleEnfreinte("L'envoi est abîmé. Rechargez la page et recommencez.") from erreur


def en_base64(contenu: bytes | memoryview) -> str:
    return base64.b64encode(bytes(contenu)).decode("ascii")
