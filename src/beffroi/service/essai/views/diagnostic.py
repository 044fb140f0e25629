"""Tester son poste : sans compte, sans rien garder (CCP, annexe 7)."""

from typing import BinaryIO, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from beffroi.reponse.reponses.rules.navigateurs import MINIMUMS
from beffroi.service.essai import attestation as fabrique
from beffroi.service.essai import envoi as transit
from beffroi.service.essai import mesures, rules
from beffroi.socle.fondations.erreurs import ErreurMetier
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.telechargements import rendre_un_fichier


@login_not_required
@require_safe
def diagnostic(request: HttpRequest) -> HttpResponse:
    donnees = {
        "octets": rules.OCTETS_DE_L_ESSAI,
        "ouvrier": static("beffroi/js/ouvrier.js"),
        "envoi": reverse("essai:envoi"),
        "attestation": reverse("essai:attestation"),
    }
    return render(
        request, "essai/diagnostic.html", {"controles": rules.CONTROLES, "donnees": donnees}
    )


@login_not_required
@csrf_exempt  # rien n'est lu de la session, rien n'est écrit : il n'y a pas d'acte à détourner
@require_POST
@never_cache
def envoi(request: HttpRequest) -> HttpResponse:
    """Reçoit le fichier d'essai, rend son empreinte et l'oublie."""
    try:
        with transit.place_d_envoi():
            longueur = request.META.get("CONTENT_LENGTH", "")
            annonce = int(longueur) if longueur.isdigit() else 0
            recu = transit.compter(cast(BinaryIO, request), annonce=annonce, le=maintenant())
    except ErreurMetier as refus:
        return en_json(refus)
    return JsonResponse(
        {"octets": recu.octets, "sha256": recu.sha256, "recu": transit.signer(recu)}
    )


@login_not_required
@csrf_exempt  # de même : un document calculé, que personne ne garde
@require_POST
@never_cache
def attestation(request: HttpRequest) -> HttpResponse:
    """Les verdicts de ces mesures, et l'archive signée si on la demande."""
    try:
        lues, signe = mesures.lire(request.body)
        recu = transit.relire(signe)
        if request.GET.get("forme") == "verdicts":
            return JsonResponse(fabrique.verdicts_en_json(lues, recu, minimums=MINIMUMS))
        with transit.place_d_attestation():
            octets = fabrique.archive(lues, recu, le=maintenant())
    except ErreurMetier as refus:
        return en_json(refus)
    return rendre_un_fichier(octets, "attestation.zip")


def en_json(refus: ErreurMetier) -> JsonResponse:
    entetes = {"Retry-After": "5"} if refus.statut == transit.ServiceDemande.statut else {}
    return JsonResponse({"message": refus.message}, status=refus.statut, headers=entetes)
