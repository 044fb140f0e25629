"""Ce qui arrive à la plateforme par le serveur frontal : à l'écran, et à « ./beffroi frontal »."""

from dataclasses import asdict

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.service.disponibilite.forms import VuDuDehorsForm
from beffroi.service.disponibilite.frontal import Arrivee, Attendu, Dehors, bilan, lignes
from beffroi.service.sonde.queries import exiger_de_lire_la_sonde
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.corps_entiers import SANS_ATTENDRE

USAGE = "serveur-frontal"
VIE_DU_JETON_S = 60


@connexion_requise
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def serveur_frontal(request: HttpRequest) -> HttpResponse:
    exiger_de_lire_la_sonde(request.user, maintenant())
    vu = VuDuDehorsForm(request.POST if request.method == "POST" else None)
    dehors = vu.dehors() if vu.is_valid() else Dehors()
    lues = lignes(attendu(), arrivee_de(request), dehors)
    contexte = {"lignes": lues, "bilan": bilan(lues), "vu": vu}
    return render(request, "disponibilite/serveur_frontal.html", contexte)


@login_not_required
@csrf_exempt  # le jeton dit qui demande, jamais la séance
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def arrivee(request: HttpRequest) -> HttpResponse:
    """Ce que portait cette demande, à qui tient la clé du service ; à tout autre, rien n'est là.

    D'un envoi, la réponse part aussitôt : reçue avant la fin, rien ne gardait l'envoi en route.
    """
    try:
        signing.loads(
            request.headers.get("Authorization", "").removeprefix("Bearer "),
            salt=USAGE,
            max_age=VIE_DU_JETON_S,
        )
    except signing.BadSignature:
        raise Http404 from None
    request.META[SANS_ATTENDRE] = True
    return JsonResponse(asdict(arrivee_de(request)))


def arrivee_de(request: HttpRequest) -> Arrivee:
    dits = request.headers
    return Arrivee(
        hote=request.get_host(),
        protocole=dits.get("X-Forwarded-Proto", ""),
        visiteurs=dits.get("X-Forwarded-For", ""),
        demande=dits.get("X-Request-ID", ""),
        port=dits.get("X-Forwarded-Port", ""),
        liaison=dits.get("Connection", ""),
    )


def attendu() -> Attendu:
    return Attendu(settings.ADRESSE_PUBLIQUE, int(settings.SERVEURS_FRONTAUX or 0))
