"""Rendre un fichier :
celui que l'on vient de faire, celui qu'un autre a fourni, celui qui est rangé.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple, overload

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.fondations.stockage.fideles import exiger_des_octets_fideles
from beffroi.socle.guichet.conditionnel import A_PERSONNE_D_AUTRE

OCTETS = "application/octet-stream"
# Ce que l'on sait écrire, d'après la fin du nom.
SORTES = {
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "xml": "application/xml",
    "zip": "application/zip",
}
# Ce que n'importe qui peut lire : même gardé en chemin, il se redemande.
DE_TOUS = "public, no-cache"
_SHA256 = re.compile(r'"([0-9a-f]{64})"')
# Un document n'est jamais plus gros. Une archive entière l'est : sa preuve se vérifie chez soi.
OCTETS_COMPARES_AU_PLUS = 2 << 30
_MORCEAU_OCTETS = 256 * 1024
_PLAGE = re.compile(r"bytes=([0-9]*)-([0-9]*)")
_CHIFFRES_D_UNE_PLACE = 18
# Le contenu vient d'ailleurs : il ne s'exécute jamais chez nous.
_BAC_A_SABLE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Fichier(NamedTuple):
    """Ce que l'on sert :
    où il est rangé, sous quel nom, sa taille, et de quoi reconnaître ses octets.
    """

    cle: str
    nom: str
    taille: int
    etiquette: str


@overload
def rendre_un_fichier(contenu: bytes, nom: str, *, sorte: str = "") -> HttpResponse: ...
@overload
def rendre_un_fichier(
    contenu: Iterable[bytes], nom: str, *, sorte: str = ""
) -> StreamingHttpResponse: ...
def rendre_un_fichier(
    contenu: bytes | Iterable[bytes], nom: str, *, sorte: str = ""
) -> HttpResponse | StreamingHttpResponse:
    """Un fichier que nous venons de faire, à enregistrer sous ce nom :
    d'un coup, ou à mesure qu'il s'écrit.

    `sorte` : quand la fin du nom ne la dit pas, ou la dit mal.
    """
    sorte = sorte or sorte_de(nom)
    entetes = {"Content-Disposition": _sous_ce_nom(nom)}
    if isinstance(contenu, bytes):
        return HttpResponse(contenu, content_type=sorte, headers=entetes)
    return StreamingHttpResponse(contenu, content_type=sorte, headers=entetes)


def sorte_de(nom: str) -> str:
    return SORTES.get(nom.rpartition(".")[2], OCTETS)


def a_enregistrer(octets: bytes, *, nom: str) -> HttpResponse:
    """Un fichier venu d'ailleurs :
    le navigateur l'enregistre sous son nom, et ne l'ouvre jamais chez nous.
    """
    entetes = {"Content-Disposition": _sous_ce_nom(nom), **_BAC_A_SABLE}
    return HttpResponse(octets, content_type=OCTETS, headers=entetes)


def en_piece_jointe(flux: BinaryIO, *, nom: str, taille: int) -> StreamingHttpResponse:
    """Le même, trop gros pour la mémoire : il part à mesure qu'il se lit (ASVS 3.2.1)."""
    entetes = {
        "Content-Length": str(taille),
        "Content-Disposition": _sous_ce_nom(nom),
        **_BAC_A_SABLE,
    }
    return StreamingHttpResponse(_morceaux(flux), content_type=OCTETS, headers=entetes)


def servir(
    request: HttpRequest,
    *,
    cle: str,
    nom: str,
    taille: int,
    etiquette: str,
    garde: str = A_PERSONNE_D_AUTRE,
) -> HttpResponseBase:
    """Le fichier entier, une plage, ou rien si le navigateur l'a déjà ;
    sur S3, une adresse de courte durée.

    `garde` : qui peut le garder en chemin ; personne, si on ne le dit pas. `etiquette` : quand elle
    est le SHA-256 prouvé de ces octets, ils y sont comparés avant de partir.
    """
    if (dite := _SHA256.fullmatch(etiquette)) and taille <= OCTETS_COMPARES_AU_PLUS:
        exiger_des_octets_fideles(cle, dite[1])
    entetes = _entetes(nom, etiquette, garde)
    adresse = stockage().adresse_de_lecture(cle, nom)
    if request.headers.get("If-None-Match") == etiquette:
        return HttpResponse(
            status=304, headers={"ETag": etiquette, "Cache-Control": entetes["Cache-Control"]}
        )
    if adresse:
        return HttpResponseRedirect(adresse, headers={"Cache-Control": "no-store"})
    demandee = (
        request.headers.get("Range", "")
        if request.headers.get("If-Range", etiquette) == etiquette
        else ""
    )
    plage = lire_la_plage(demandee, taille)
    if plage is None:
        return _corps(request, cle, debut=0, longueur=taille, statut=200, entetes=entetes)
    debut, fin = plage
    if debut > fin:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{taille}"})
    entetes["Content-Range"] = f"bytes {debut}-{fin}/{taille}"
    return _corps(request, cle, debut=debut, longueur=fin - debut + 1, statut=206, entetes=entetes)


def lire_la_plage(entete: str, taille: int) -> tuple[int, int] | None:
    """Une seule plage d'octets ;
    rien si elle est absente ou illisible, une plage vide si elle est hors du fichier.
    """
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
    """Une place dans un fichier.

    Trop de chiffres pour être lus : c'est au-delà de la fin de tout fichier.
    """
    if not chiffres:
        return None
    utiles = chiffres.lstrip("0") or "0"
    return int(utiles) if len(utiles) <= _CHIFFRES_D_UNE_PLACE else 10**_CHIFFRES_D_UNE_PLACE


def _entetes(nom: str, etiquette: str, garde: str) -> dict[str, str]:
    return {
        "Content-Disposition": _sous_ce_nom(nom),
        "Accept-Ranges": "bytes",
        "ETag": etiquette,
        "Cache-Control": garde,
        **_BAC_A_SABLE,
    }


def _sous_ce_nom(nom: str) -> str:
    """L'en-tête qui fait enregistrer sous ce nom, accents compris (RFC 6266)."""
    return content_disposition_header(True, nom) or "attachment"


def _corps(
    request: HttpRequest,
    cle: str,
    *,
    debut: int,
    longueur: int,
    statut: int,
    entetes: dict[str, str],
) -> HttpResponseBase:
    entetes = {**entetes, "Content-Length": str(longueur)}
    if request.method == "HEAD":
        return HttpResponse(status=statut, headers=entetes, content_type=OCTETS)
    flux = stockage().lire(cle, debut, longueur)
    return StreamingHttpResponse(
        _morceaux(flux), status=statut, headers=entetes, content_type=OCTETS
    )


def _morceaux(flux: BinaryIO) -> Iterator[bytes]:
    with flux:
        while morceau := flux.read(_MORCEAU_OCTETS):
            yield morceau
