"""Les pages du portail : l'accueil, les pages de texte, le catalogue des composants."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.consultations.queries import ouvertes
from beffroi.portail import catalogue, queries, roles
from beffroi.portail.navigation import est_servie
from beffroi.socle import horloge


@login_not_required
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    maintenant = horloge.maintenant()
    return render(
        request,
        "portail/accueil.html",
        {
            "consultations": queries.prochaines_consultations(maintenant=maintenant),
            "raccourcis": queries.raccourcis(maintenant=maintenant),
            "nombre_d_ouvertes": ouvertes(maintenant).count(),
        },
    )


@login_not_required
@require_safe
def page_de_texte(request: HttpRequest, gabarit: str) -> HttpResponse:
    return render(request, f"portail/pages/{gabarit}.html")


@login_not_required
@require_safe
def composants(request: HttpRequest) -> HttpResponse:
    """Le catalogue vivant : chaque composant dans chacun de ses états."""
    return render(request, "portail/catalogue.html", catalogue.contexte(maintenant=horloge.maintenant()))


def apres_connexion(request: HttpRequest) -> HttpResponse:
    """Chacun arrive sur ce qu'il a à faire."""
    adresse = roles.ACCUEILS[roles.acteur(request).role]
    return redirect(adresse if est_servie(adresse) else "/")
