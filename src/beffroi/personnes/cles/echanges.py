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

from beffroi.personnes.cles import queries
from beffroi.personnes.cles.fentes import FenteScellee
from beffroi.personnes.cles.models import IdentiteDeMembre
from beffroi.personnes.cles.signature import CleDeSignature
from beffroi.socle.fondations.erreurs import ConflitEtat, ErreurMetier, RegleEnfreinte

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
    except ValueError as erreur:
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


def cle_de_signature_recue(envoi: Mapping[str, Any]) -> CleDeSignature:
    return CleDeSignature(
        publique=octets(envoi, "cle_de_signature"), preuve=octets(envoi, "preuve_de_possession")
    )


def fente_recue(recue: dict[str, Any]) -> FenteScellee:
    """Une façon d'ouvrir la clé, telle que le navigateur l'envoie après l'avoir essayée."""
    if not isinstance(recue, dict):
        raise RegleEnfreinte("L'envoi est incomplet. Rechargez la page et recommencez.")
    parametres = {
        str(cle): str(valeur)[:500] for cle, valeur in champ(recue, "parametres", dict).items()
    }
    return FenteScellee(
        sorte=champ(recue, "sorte", str),
        contenu=octets(recue, "contenu"),
        libelle=champ(recue, "libelle", str),
        parametres=parametres,
        essayee=champ(recue, "essayee", bool),
    )


def parts_recues[Porteur](
    recues: list[Mapping[str, Any]], porteurs: Mapping[str, Porteur]
) -> dict[Porteur, bytes]:
    """Chaque part scellée, rendue à son porteur."""
    parts = {}
    for recue in recues:
        porteur = porteurs.get(champ(recue, "reference", str))
        if porteur is None:
            raise ConflitEtat(
                "Les personnes ont changé pendant la création des clés. Rechargez la page."
            )
        parts[porteur] = octets(recue, "contenu")
    return parts


def fentes_a_ouvrir(identite: IdentiteDeMembre) -> list[dict[str, object]]:
    """Les façons d'ouvrir cette clé, pour le script qui l'ouvrira."""
    return [
        {
            "reference": fente.reference,
            "sorte": fente.sorte,
            "libelle": fente.nom,
            "contenu": en_base64(fente.contenu),
            "parametres": fente.parametres,
        }
        for fente in queries.fentes_de(identite)
    ]
