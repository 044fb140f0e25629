"""Sans compte : écrire, puis suivre sa demande par le lien signé reçu par courriel.

Aucun cookie n'y sert.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from beffroi.personnes.comptes.decorateurs import jamais_gardee
from beffroi.service.assistance import jetons, queries
from beffroi.service.assistance.forms import SansCompteForm, SuiteForm
from beffroi.service.assistance.models import Demande
from beffroi.service.assistance.rules import demandes as regles
from beffroi.service.assistance.services import demandes
from beffroi.socle.budgets.inconnus import sur_le_budget
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie


@csrf_exempt  # rien n'y dépend d'un cookie
@login_not_required
@jamais_gardee
@formulaire
def ecrire(request: HttpRequest) -> HttpResponse:
    le = maintenant()
    form = SansCompteForm(saisie(request), initial={"objet": request.GET.get("objet", "")[:30]})
    if form.is_valid():
        with refus_dans(form), sur_le_budget(request, regles.DEMANDES_D_INCONNUS, maintenant=le):
            demandes.demander(
                saisie=form.saisie(),
                personne=form.personne(),
                canal=Demande.Canal.WEB,
                maintenant=le,
            )
            return redirect("assistance:message_recu")
    return rendre(request, "assistance/ecrire.html", {"form": form})


@login_not_required
@require_safe
def message_recu(request: HttpRequest) -> HttpResponse:
    """La même page pour tous : nul n'y lit le numéro d'un autre."""
    return render(request, "assistance/message_recu.html")


@csrf_exempt  # le lien signé fait foi
@login_not_required
@jamais_gardee
@formulaire
def suivre(request: HttpRequest, jeton: str) -> HttpResponse:
    demande, le = queries.demande_au_centre(jetons.reference_de(jeton)), maintenant()
    form = SuiteForm(saisie(request))
    if form.is_valid():
        budget = sur_le_budget(
            request, regles.SUITES_PAR_LIEN, maintenant=le, lien=demande.reference
        )
        with refus_dans(form), budget:
            demandes.ajouter_une_suite(
                demande=demande,
                texte=form.cleaned_data["texte"],
                par=demandes.SANS_COMPTE,
                canal=Demande.Canal.WEB,
                maintenant=le,
            )
            return redirect("assistance:suivre", jeton)
    contexte = {
        "demande": demande,
        "fil": queries.fil(demande, au_centre=False),
        "form": form,
        "sans_compte": True,
        "jeton": jeton,
    }
    return rendre(request, "assistance/demande.html", contexte)
