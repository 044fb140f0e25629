"""Servir un fichier du dossier à tous, sans compte,
et dire au registre des retraits ce qui en est un.
"""

from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.achat.consultations.ports import retraits
from beffroi.achat.consultations.queries.presentation import garde_de
from beffroi.socle.guichet.telechargements import Fichier, lire_la_plage, servir

# Sur S3, la réponse est un renvoi : le service tient la plage, mais elle se lit dans la demande.
_SERVI = {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.FOUND}


def servir_et_noter(
    request: HttpRequest,
    consultation: Consultation,
    fichier: Fichier,
    *,
    piece: PieceDce | None = None,
    version: int = 0,
) -> HttpResponseBase:
    """Sert, puis inscrit au registre des retraits ce qui en est un.

    `version` 0 : celle en vigueur.
    """
    reponse = servir(
        request,
        cle=fichier.cle,
        nom=fichier.nom,
        taille=fichier.taille,
        etiquette=fichier.etiquette,
        garde=garde_de(consultation),
    )
    plage = request.headers.get("Range", "")
    if est_un_retrait(
        methode=request.method or "", statut=reponse.status_code, plage=plage, taille=fichier.taille
    ):
        retraits().noter(request, reponse, consultation, piece=piece, version=version)
    return reponse


def est_un_retrait(*, methode: str, statut: int, plage: str, taille: int) -> bool:
    """Un téléchargement compte à son premier octet :
    ni `HEAD`, ni la suite d'un envoi coupé, ni une sonde d'un octet.
    """
    if methode != "GET" or statut not in _SERVI:
        return False
    demandee = lire_la_plage(plage, taille) if statut != HTTPStatus.OK else None
    if demandee is None:
        return True
    debut, fin = demandee
    return debut == 0 and (fin > 0 or taille == 1)
