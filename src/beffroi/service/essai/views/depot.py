"""Déposer pour essayer : sur la plateforme, la porte ;
dans l'espace d'essai, l'accueil et l'ouverture.
"""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from beffroi.reponse.depots.queries import pli_pour
from beffroi.service.essai import ouverture, queries, services
from beffroi.service.essai.ports import adresse_de_l_espace
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.horloge import maintenant

PORTE = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@require_safe
@never_cache
def depot(request: HttpRequest) -> HttpResponse:
    """Mène à l'espace d'essai s'il répond ; y accueille, si l'on y est."""
    if settings.ESPACE == services.ESSAI:
        return render(
            request,
            "essai/accueil.html",
            {"consultation": queries.consultation_ouverte(le=maintenant())},
        )
    espace = adresse_de_l_espace(services.ESSAI)
    if espace:
        return redirect(f"{espace}{request.path}")
    return render(request, "essai/arrete.html")


@login_not_required
@require_POST
def entrer(request: HttpRequest) -> HttpResponse:
    """Un bouton, aucun champ : la personne devient une entreprise inventée."""
    services.exiger_l_espace()
    le = maintenant()
    consultation = queries.consultation_ouverte(le=le)
    if consultation is None:
        raise ConflitEtat("La consultation d'essai se prépare. Revenez dans une minute.")
    if not services.est_un_visiteur(request.user):
        login(request, services.accueillir(maintenant=le).utilisateur, backend=PORTE)
    return redirect("reponses:commencer", consultation.reference)


@require_safe
@never_cache
def ouvrir(request: HttpRequest, reference: str) -> HttpResponse:
    """Ce que l'acheteur verrait de cette réponse, à l'ouverture."""
    services.exiger_l_espace()
    pli = pli_pour(request.user, reference)
    contexte = {"pli": pli, "enveloppes": ouverture.ouvrir(pli)}
    return render(request, "essai/ouverte.html", contexte)


@require_safe
@never_cache
def courriels(request: HttpRequest) -> HttpResponse:
    """Aucun courriel ne sort d'ici : on les lit sur place."""
    services.exiger_l_espace()
    return render(
        request, "essai/courriels.html", {"courriels": queries.courriels_de(request.user)[:50]}
    )
