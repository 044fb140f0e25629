"""Servir un fichier du dossier : à tous, sans compte, par morceaux si le réseau coupe (RFC 9110, § 14)."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import BinaryIO, NamedTuple
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase

from beffroi.consultations.conditionnel import A_PERSONNE_D_AUTRE
from beffroi.consultations.models import Consultation, PieceDce
from beffroi.consultations.ports import retraits
from beffroi.socle.stockage import stockage

_LECTURE_OCTETS = 256 * 1024
_PLAGE = re.compile(r"bytes=([0-9]*)-([0-9]*)")
_CHIFFRES_D_UNE_PLACE = 18
# Le contenu vient d'un acheteur : il ne s'exécute jamais chez nous.
_BAC_A_SABLE = "default-src 'none'; sandbox"
# Sur S3, la réponse est un renvoi : le service tient la plage, mais elle se lit dans la demande.
_SERVI = {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.FOUND}


class Fichier(NamedTuple):
    """Ce que l'on sert : où il est rangé, sous quel nom, sa taille, et de quoi reconnaître ses octets."""

    cle: str
    nom: str
    taille: int
    etiquette: str


def servir(request: HttpRequest, *, cle: str, nom: str, taille: int, etiquette: str) -> HttpResponseBase:
    """Le fichier entier, une plage, ou rien si le navigateur l'a déjà ; sur S3, une adresse de courte durée."""
    entetes = _entetes(nom, etiquette)
    adresse = stockage().adresse_de_lecture(cle, nom)
    if request.headers.get("If-None-Match") == etiquette:
        return HttpResponse(status=304, headers={"ETag": etiquette, "Cache-Control": entetes["Cache-Control"]})
    if adresse:
        return HttpResponseRedirect(adresse, headers={"Cache-Control": "no-store"})
    demandee = request.headers.get("Range", "") if request.headers.get("If-Range", etiquette) == etiquette else ""
    plage = lire_la_plage(demandee, taille)
    if plage is None:
        return _corps(request, cle, debut=0, longueur=taille, statut=200, entetes=entetes)
    debut, fin = plage
    if debut > fin:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{taille}"})
    entetes["Content-Range"] = f"bytes {debut}-{fin}/{taille}"
    return _corps(request, cle, debut=debut, longueur=fin - debut + 1, statut=206, entetes=entetes)


def servir_et_noter(
    request: HttpRequest,
    consultation: Consultation,
    fichier: Fichier,
    *,
    piece: PieceDce | None = None,
    version: int = 0,
) -> HttpResponseBase:
    """Sert, puis inscrit au registre des retraits ce qui en est un. `version` 0 : celle en vigueur."""
    reponse = servir(request, cle=fichier.cle, nom=fichier.nom, taille=fichier.taille, etiquette=fichier.etiquette)
    if consultation.est_reservee:
        reponse["Cache-Control"] = A_PERSONNE_D_AUTRE
    plage = request.headers.get("Range", "")
    if est_un_retrait(methode=request.method or "", statut=reponse.status_code, plage=plage, taille=fichier.taille):
        retraits().noter(request, reponse, consultation, piece=piece, version=version)
    return reponse


def est_un_retrait(*, methode: str, statut: int, plage: str, taille: int) -> bool:
    """Un téléchargement compte à son premier octet : ni `HEAD`, ni la suite d'un envoi coupé, ni une sonde d'un octet."""
    if methode != "GET" or statut not in _SERVI:
        return False
    demandee = lire_la_plage(plage, taille) if statut != HTTPStatus.OK else None
    if demandee is None:
        return True
    debut, fin = demandee
    return debut == 0 and (fin > 0 or taille == 1)


def lire_la_plage(entete: str, taille: int) -> tuple[int, int] | None:
    """Une seule plage d'octets ; rien si elle est absente ou illisible, une plage vide si elle est hors du fichier."""
    trouve = _PLAGE.fullmatch(entete.strip())
    if trouve is None or not any(trouve.groups()):
        return None
    debut, fin = map(_place, trouve.groups())
    if debut is None:
        return (max(0, taille - fin), taille - 1) if fin else (1, 0)
    if debut >= taille or (fin is not None and fin < debut):
        return (1, 0)
    return debut, taille - 1 if fin is None else min(fin, taille - 1)


def _place(chiffres: str) -> int | None:
    """Une place dans un fichier. Trop de chiffres pour être lus : c'est au-delà de la fin de tout fichier."""
    if not chiffres:
        return None
    utiles = chiffres.lstrip("0") or "0"
    return int(utiles) if len(utiles) <= _CHIFFRES_D_UNE_PLACE else 10**_CHIFFRES_D_UNE_PLACE


def _entetes(nom: str, etiquette: str) -> dict[str, str]:
    secours = re.sub(r"[^A-Za-z0-9._-]", "_", nom)
    return {
        "Content-Disposition": f"attachment; filename=\"{secours}\"; filename*=UTF-8''{quote(nom)}",
        "Accept-Ranges": "bytes",
        "ETag": etiquette,
        "Cache-Control": "public, no-cache",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": _BAC_A_SABLE,
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def _corps(
    request: HttpRequest, cle: str, *, debut: int, longueur: int, statut: int, entetes: dict[str, str]
) -> HttpResponseBase:
    entetes = {**entetes, "Content-Length": str(longueur)}
    if request.method == "HEAD":
        return HttpResponse(status=statut, headers=entetes, content_type="application/octet-stream")
    flux = stockage().lire(cle, debut, longueur)
    return StreamingHttpResponse(
        _morceaux(flux), status=statut, headers=entetes, content_type="application/octet-stream"
    )


def _morceaux(flux: BinaryIO) -> Iterator[bytes]:
    with flux:
        while morceau := flux.read(_LECTURE_OCTETS):
            yield morceau
