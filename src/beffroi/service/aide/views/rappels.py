"""Être rappelé : la demande, sans compte ni cookie ; la file, pour les agents du centre."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.service.aide import queries, services
from beffroi.service.aide.forms import RappelForm
from beffroi.service.aide.rules import RAPPELS_D_INCONNUS
from beffroi.socle.budgets.inconnus import sur_le_budget
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie


# sans cookie, elle vaut autant ; une page d'ailleurs n'envoie pas celui du compte (SameSite)
@csrf_exempt
@login_not_required
@jamais_gardee
@formulaire
def etre_rappele(request: HttpRequest) -> HttpResponse:
    initial = {"consultation": request.GET.get("consultation", "")[:30]}
    form = RappelForm(saisie(request), initial=initial)
    if form.is_valid():
        le = maintenant()
        with refus_dans(form), sur_le_budget(request, RAPPELS_D_INCONNUS, maintenant=le):
            compte = request.user if request.user.is_authenticated else None
            services.demander_un_rappel(form.saisie(), compte=compte, maintenant=le)
            return redirect("aide:rappel_demande")
    return rendre(request, "aide/rappel.html", {"form": form})


@login_not_required
@require_safe
def rappel_demande(request: HttpRequest) -> HttpResponse:
    return render(request, "aide/rappel_demande.html")


@connexion_requise
@require_safe
def rappels(request: HttpRequest) -> HttpResponse:
    instant = maintenant()
    queries.exiger_l_assistance(request.user, instant)
    contexte = {"attendent": queries.rappels_a_faire(le=instant), "faits": queries.rappels_faits()}
    return render(request, "aide/centre/rappels.html", contexte)


@connexion_requise
@require_POST
def noter_l_appel(request: HttpRequest, reference: str) -> HttpResponse:
    demande = queries.rappel_pour(request.user, reference, maintenant())
    services.noter_l_appel(demande=demande, par=request.user.acteur, maintenant=maintenant())
    messages.success(
        request, f"L'appel à {demande.nom} est noté. Ses coordonnées s'effacent dans sept jours."
    )
    return redirect("aide:rappels")
