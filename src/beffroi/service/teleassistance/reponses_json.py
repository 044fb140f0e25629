"""Ce que les deux fenêtres demandent et reçoivent : du JSON court, un refus dans nos mots."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from beffroi.service.teleassistance import queries
from beffroi.service.teleassistance.models import AccordEnAttente, Partage
from beffroi.service.teleassistance.rules import CENTRE, OCTETS_D_UN_SIGNAL, PERSONNE
from beffroi.service.teleassistance.services.signaux import signaler
from beffroi.service.teleassistance.states import Etat
from beffroi.socle.fondations.erreurs import ErreurMetier, RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant

# Un signal, ses guillemets, et son enveloppe.
OCTETS_DU_MESSAGE = 3 * OCTETS_D_UN_SIGNAL
EN_FACE = {PERSONNE: CENTRE, CENTRE: PERSONNE}


def en_json(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Un refus du métier se rend en JSON : un script le lit, et l'affiche."""

    @wraps(vue)
    def enveloppe(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        try:
            return vue(request, *args, **options)
        except ErreurMetier as refus:
            return JsonResponse({"message": refus.message}, status=refus.statut)

    return enveloppe


def etat(request: HttpRequest, partage: Partage | AccordEnAttente, *, cote: str) -> JsonResponse:
    """Où en est le partage, et ce que l'autre navigateur a dit depuis `?depuis=`."""
    depuis = request.GET.get("depuis", "0")
    signaux = (
        queries.signaux_de(partage, EN_FACE[cote], depuis=int(depuis))
        if isinstance(partage, Partage) and depuis.isdecimal()
        else []
    )
    # L'heure du poste peut être fausse : c'est la nôtre qui dit qu'un code ne vaut plus.
    passe = partage.etat == Etat.CONSENTI and partage.code_jusqu_au <= maintenant()
    return JsonResponse(
        {
            "etat": Etat.EXPIRE.value if passe else partage.etat,
            "fini_par": partage.fini_par,
            "signaux": signaux,
        }
    )


def recevoir_un_signal(
    request: HttpRequest, partage: Partage | AccordEnAttente, *, cote: str
) -> JsonResponse:
    lu = _message(request)
    signaler(partage=partage, cote=cote, genre=lu["genre"], corps=lu["corps"])
    return JsonResponse({})


def _message(request: HttpRequest) -> dict[str, str]:
    """`genre` et `corps`, deux textes, et rien d'autre."""
    try:
        lu = json.loads(request.body) if len(request.body) <= OCTETS_DU_MESSAGE else None
    except (ValueError, RecursionError):
        lu = None
    if not isinstance(lu, dict) or not all(
        _est_un_texte(lu.get(nom)) for nom in ("genre", "corps")
    ):
        raise RegleEnfreinte("Ce message est illisible. Rechargez la page.")
    return {"genre": lu["genre"], "corps": lu["corps"]}


def _est_un_texte(lu: Any) -> bool:
    """Un texte que la base peut garder : ni signe à demi écrit, ni octet nul."""
    return isinstance(lu, str) and "\x00" not in lu and lu == lu.encode(errors="ignore").decode()
