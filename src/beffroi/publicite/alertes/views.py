"""Recevoir une recherche par courriel.

Sans compte ni cookie : la recherche est dans l'adresse de la page.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from beffroi.personnes.comptes.decorateurs import jamais_gardee
from beffroi.publicite.alertes import queries, services
from beffroi.publicite.alertes.forms import AlerteForm
from beffroi.publicite.alertes.rules import RECHERCHES_GARDEES
from beffroi.publicite.recherche import presentation
from beffroi.publicite.recherche import queries as recherches
from beffroi.socle.budgets.inconnus import sur_le_budget
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie


# Sans jeton CSRF, donc sans cookie :
# cet envoi n'agit jamais au nom d'un compte, et rien ne part sans confirmation.
@csrf_exempt
@login_not_required
@jamais_gardee
@formulaire
def garder(request: HttpRequest) -> HttpResponse:
    """Une adresse, une cadence ; la confirmation part par courriel."""
    le, lecture = maintenant(), recherches.lire(request.GET.dict())
    recherche = queries.a_garder(lecture.recherche, le=le)
    initial = {"courriel": request.user.courriel} if request.user.is_authenticated else {}
    form = AlerteForm(saisie(request), initial=initial)
    if form.is_valid():
        with refus_dans(form), sur_le_budget(request, RECHERCHES_GARDEES, maintenant=le):
            services.garder(**form.cleaned_data, recherche=recherche, maintenant=le)
            return redirect("alertes:demandee")
    contexte = {
        "form": form,
        "ecartes": lecture.ecartes,
        "libelles": [filtre.libelle for filtre in presentation.filtres(recherche)],
        "liste": presentation.adresse(recherche),
        "recentes": queries.parues_recemment(recherche, le=le),
    }
    return rendre(request, "alertes/garder.html", contexte)


@login_not_required
@require_safe
def demandee(request: HttpRequest) -> HttpResponse:
    """La même page pour toute adresse, connue ou non."""
    return render(request, "alertes/demandee.html")
