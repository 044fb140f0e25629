"""Les fichiers aux adresses qui ne changent pas : sans compte, sans cookie, revérifiables."""

import re
from collections.abc import Callable, Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from beffroi.contrat.donnees_essentielles import fichiers, queries
from beffroi.contrat.donnees_essentielles.models import FicheDeContrat
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.guichet.conditionnel import repondre
from beffroi.socle.guichet.telechargements import rendre_un_fichier

CINQ_MINUTES = "public, max-age=300"
ANNEE, SIREN = re.compile(r"(?:19|20)[0-9]{2}"), re.compile(r"[0-9]{9}")
NATIONAUX = {"json": fichiers.decp_en_json, "xml": fichiers.decp_en_xml}
Ecrire = Callable[[QuerySet[FicheDeContrat]], Iterator[bytes] | bytes]
TABLEAUX: dict[str, Ecrire] = {
    "csv": fichiers.en_csv,
    "ods": fichiers.en_ods,
    "json": fichiers.en_json,
}


@login_not_required
@require_safe
def decp(request: HttpRequest, format_: str) -> HttpResponseBase:
    """Tout, au format national."""
    return _national(request, queries.du_fichier(), format_, "decp")


@login_not_required
@require_safe
def decp_de(request: HttpRequest, portee: str, format_: str) -> HttpResponseBase:
    """Un acheteur (son SIREN) ou une année :
    vide, le fichier le dit, et son adresse reste la même.
    """
    fiches = queries.du_fichier()
    if ANNEE.fullmatch(portee):
        fiches = fiches.filter(annee=int(portee))
    elif SIREN.fullmatch(portee) and queries.a_publie(portee):
        fiches = fiches.filter(siret_acheteur__startswith=portee)
    else:
        raise Introuvable()
    return _national(request, fiches, format_, f"decp-{portee}")


@login_not_required
@require_safe
def marches(request: HttpRequest, format_: str) -> HttpResponseBase:
    """Tout, dans nos colonnes."""
    return rendre(request, queries.publiees(), TABLEAUX, format_, "marches")


@login_not_required
@require_safe
def ocds(request: HttpRequest, annee: int) -> HttpResponseBase:
    """Une année, en OCDS ; le préfixe s'enregistre, et sans lui le fichier n'existe pas."""
    prefixe = settings.OCDS_PREFIXE
    if not prefixe or not ANNEE.fullmatch(str(annee)):
        raise Introuvable()
    adresse = fichiers.absolue(request.path)

    def ecrire(fiches: QuerySet[FicheDeContrat]) -> Iterator[bytes]:
        return fichiers.en_ocds(fiches, adresse=adresse, prefixe=prefixe)

    return rendre(
        request,
        queries.du_fichier().filter(annee=annee),
        {"json": ecrire},
        "json",
        f"ocds-{annee}-{prefixe}",
    )


def _national(
    request: HttpRequest, fiches: QuerySet[FicheDeContrat], format_: str, nom: str
) -> HttpResponseBase:
    return rendre(request, fiches, NATIONAUX, format_, nom)


def rendre(
    request: HttpRequest,
    fiches: QuerySet[FicheDeContrat],
    ecritures: (
        "dict[str, Ecrire] | dict[str, Callable[[QuerySet[FicheDeContrat]], Iterator[bytes]]]"
    ),
    format_: str,
    nom: str,
) -> HttpResponseBase:
    """Le fichier, écrit à mesure ; 304 si le lecteur tient les mêmes fiches."""
    ecrire = ecritures.get(format_)
    if ecrire is None:
        raise Introuvable()

    def composer() -> HttpResponse | StreamingHttpResponse:
        rendu = rendre_un_fichier(ecrire(fiches), f"{nom}.{format_}")
        if format_ in NATIONAUX:
            del rendu["Content-Disposition"]
        return rendu

    reponse = repondre(
        request, (nom, format_, fichiers.version(fiches)), composer, garde=CINQ_MINUTES
    )
    reponse["Access-Control-Allow-Origin"] = "*"
    return reponse
