"""Les données ouvertes : une page et des fichiers, sans compte ni cookie."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from beffroi.contrat.donnees_essentielles.fichiers import COLONNES
from beffroi.contrat.donnees_ouvertes import jeux, queries
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.conditionnel import page_de_tous, repondre
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats import profils_d_acheteur, tableur
from formats.catalogue import LICENCE_OUVERTE, en_jsonld

# Un tableur d'un autre site peut lire ces fichiers : tout y est public.
CINQ_MINUTES = "public, max-age=300"


@login_not_required
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    ancres = [(urlsplit(jeu.adresse).fragment, jeu) for jeu in jeux.catalogue().jeux]
    contexte = {"jeux": ancres, "colonnes": queries.COLONNES, "licence": LICENCE_OUVERTE}
    contexte["colonnes_des_marches"] = COLONNES
    return page_de_tous(request, "donnees_ouvertes/accueil.html", contexte)


@login_not_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    octets = en_jsonld(jeux.catalogue())
    return _ouvert(
        request, octets, partial(HttpResponse, octets, content_type="application/ld+json")
    )


@login_not_required
@require_safe
def profils(request: HttpRequest) -> HttpResponse:
    octets = profils_d_acheteur.en_csv(queries.profils())
    return _ouvert(request, octets, partial(rendre_un_fichier, octets, "profils-d-acheteur.csv"))


@login_not_required
@require_safe
def consultations_en_csv(request: HttpRequest) -> HttpResponseBase:
    le = maintenant()
    version = ("csv", queries.version_des_consultations(le))
    return _ouvert(request, version, lambda: rendre_un_fichier(en_tableau(le), "consultations.csv"))


@login_not_required
@require_safe
def consultations_en_json(request: HttpRequest) -> HttpResponseBase:
    le = maintenant()
    version = ("json", queries.version_des_consultations(le))
    return _ouvert(
        request,
        version,
        lambda: StreamingHttpResponse(en_liste(le), content_type="application/json"),
    )


def _ouvert[Compose: HttpResponseBase](
    request: HttpRequest, version: object, composer: Callable[[], Compose]
) -> Compose | HttpResponse:
    """Le fichier, ou 304 si le lecteur tient le même ; lisible depuis toute page du web."""
    reponse = repondre(request, version, composer, garde=CINQ_MINUTES)
    reponse["Access-Control-Allow-Origin"] = "*"
    return reponse


def en_tableau(le: datetime) -> Iterator[bytes]:
    lignes = (tuple(ligne.values()) for ligne in queries.consultations(le))
    return tableur.csv_au_fil_de_l_eau(tuple(queries.COLONNES), lignes)


def en_liste(le: datetime) -> Iterator[str]:
    """Une liste JSON, un objet par ligne, écrite à mesure qu'elle est lue."""
    separateur = "[\n"
    for ligne in queries.consultations(le):
        yield separateur + json.dumps(ligne, ensure_ascii=False)
        separateur = ",\n"
    yield "[]\n" if separateur == "[\n" else "\n]\n"
