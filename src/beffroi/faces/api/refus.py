"""Noter ce que l'API refuse à une entreprise, mot pour mot :
sur sa réponse, ou sur la consultation où elle commence.
"""

import json
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from beffroi.faces.api.acces import Appelant
from beffroi.reponse.traces.models import Nature
from beffroi.reponse.traces.noter import Quoi, Sujet, noter_sur
from beffroi.socle.fondations.horloge import maintenant

COMMENCER = "api-1:commencer"


def noter_le_refus(request: HttpRequest, reponse: HttpResponse) -> None:
    """Sans jeton reconnu, ni réponse à soi, rien ne se note :
    personne n'écrit dans la tentative d'un autre.
    """
    sujet = sujet_de(request)
    if sujet is None or reponse.status_code == HTTPStatus.NOT_FOUND:
        return
    dit = json.loads(reponse.content)
    details = {"statut": reponse.status_code}
    noter_sur(
        request,
        sujet,
        Quoi(Nature.REFUS, texte=dit["detail"], cause=dit["title"], details=details),
        le=maintenant(),
    )


def sujet_de(request: HttpRequest) -> Sujet | None:
    qui, ou = getattr(request, "auth", None), request.resolver_match
    if not isinstance(qui, Appelant) or ou is None:
        return None
    personne = qui.utilisateur.reference
    if qui.seulement is not None:
        return Sujet(personne, reponse=qui.seulement.reference)
    if qui.ouvertes:
        return Sujet(personne, reponse=qui.ouvertes[-1])
    return (
        Sujet(personne, consultation=ou.kwargs["reference"]) if ou.view_name == COMMENCER else None
    )
