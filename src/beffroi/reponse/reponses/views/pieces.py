"""Les fichiers d'une réponse, leur vérification,
et ce que le script de la page a besoin de savoir.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import queries, services
from beffroi.reponse.reponses.avertissements import avertissements
from beffroi.reponse.reponses.csp import csp_du_depot
from beffroi.reponse.reponses.donnees_de_page import donnees_de_page
from beffroi.reponse.reponses.extraits import extrait
from beffroi.reponse.reponses.pieces_gardees import a_reprendre
from beffroi.reponse.reponses.queries.avancement import Avancement, Place, avancement
from beffroi.reponse.reponses.queries.taches_de_la_reponse import adresse_des_pieces
from beffroi.reponse.reponses.views.reponse import page
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant


def ecran_des_pieces(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    reponse = avancement(queries.reponse_pour(request.user, reference), le=maintenant())
    place = reponse.place(code)
    if place is None:
        raise Introuvable()
    donnees = donnees_de_page(reponse, request.user, place=place)
    gardees = a_reprendre(reponse.brouillon, request.user, le=reponse.le)
    suite = {
        "autres": extrait(place.autres),
        "suivante": suivante(reponse, place),
        "gardees": gardees,
    }
    contexte = page(reponse, ici=code, place=place, donnees=donnees, **suite)
    return render(request, "reponses/pieces.html", contexte)


def suivante(reponse: Avancement, place: Place) -> dict[str, str] | None:
    """L'enveloppe d'après, à qui vient de remplir celle-ci."""
    rang = reponse.places.index(place) + 1
    if rang == len(reponse.places):
        return None
    apres = reponse.places[rang]
    return {"titre": apres.titre, "url": adresse_des_pieces(reponse.brouillon.reference, apres)}


@connexion_requise
@require_safe
@never_cache
@csp_override(csp_du_depot())
def candidature(request: HttpRequest, reference: str) -> HttpResponse:
    return ecran_des_pieces(request, reference, "candidature")


@connexion_requise
@require_safe
@never_cache
@csp_override(csp_du_depot())
def offre(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    return ecran_des_pieces(request, reference, code)


@connexion_requise
@require_safe
@never_cache
@csp_override(csp_du_depot())
def verifier(request: HttpRequest, reference: str) -> HttpResponse:
    reponse = avancement(queries.reponse_pour(request.user, reference), le=maintenant())
    remplaces = queries.plis_que_ce_depot_remplacera(reponse.brouillon, request.user, le=reponse.le)
    entier, dits = "entier" in request.GET, avertissements(reponse)
    places = [
        (
            place,
            adresse_des_pieces(reference, place),
            extrait(place.autres, entier=entier),
            [(fichier, dit) for fichier in place.fichiers for dit in dits[fichier.pk]],
        )
        for place in reponse.places
    ]
    donnees = donnees_de_page(reponse, request.user)
    contexte = page(reponse, ici="verifier", places=places, remplaces=remplaces, donnees=donnees)
    return render(request, "reponses/verifier.html", contexte)


@login_not_required
@require_safe
def seance(request: HttpRequest, reference: str) -> JsonResponse:
    """Dit au script si la personne est encore connectée.

    Répond 401, jamais une redirection : l'envoi, lui, continue.
    """
    entetes = {"Cache-Control": "no-store"}
    get_token(request)  # le témoin du formulaire de reconnexion est alors dans les cookies
    if not isinstance(request.user, Utilisateur):
        return JsonResponse({"connecte": False}, status=401, headers=entetes)
    reponse = avancement(queries.reponse_pour(request.user, reference), le=maintenant())
    donnees: dict[str, Any] = donnees_de_page(reponse, request.user)
    return JsonResponse({"connecte": True, **donnees}, headers=entetes)


@connexion_requise
@require_POST
def ecarter(request: HttpRequest, reference: str, fichier: str) -> HttpResponse:
    """Ôte un fichier de la suite de la réponse, même s'il est dans un dépôt déjà fait."""
    trouve = queries.fichier_pour(request.user, fichier)
    if trouve.brouillon.reference != reference:
        raise Introuvable()
    services.ecarter_fichier(fichier=trouve, maintenant=maintenant())
    return HttpResponse(status=204)
