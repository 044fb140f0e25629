"""Se nommer si l'on veut, demander à être prévenu, puis télécharger. Sans compte ni cookie."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from beffroi.achat.consultations.queries import lisible, presentation
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.entreprises.queries import membre_courant, membres_de
from beffroi.publicite.retraits import jetons, queries, services
from beffroi.publicite.retraits.forms import RetirantForm
from beffroi.publicite.retraits.rules import PERSONNES_NOMMEES
from beffroi.socle.budgets.inconnus import sur_le_budget
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie


# Sans jeton CSRF, donc sans cookie :
# cet envoi n'agit jamais au nom d'un compte (`mon_entreprise`, lui, le demande).
@csrf_exempt
@login_not_required
@jamais_gardee
@formulaire
def etre_averti(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = lisible(reference, request.user)
    form = RetirantForm(saisie(request))
    if form.is_valid():
        le = maintenant()
        with refus_dans(form), sur_le_budget(request, PERSONNES_NOMMEES, maintenant=le):
            retirant = services.se_nommer(
                consultation=consultation, **form.cleaned_data, maintenant=le
            )
            return redirect("retraits:telecharger", reference, jetons.jeton_de(retirant))
    contexte = {
        "consultation": consultation,
        "form": form,
        "membre": membres_de(request.user).first() if request.user.is_authenticated else None,
    }
    return rendre(request, "retraits/public/etre_averti.html", contexte)


@connexion_requise
@require_POST
def mon_entreprise(request: HttpRequest, reference: str) -> HttpResponse:
    """S'inscrire au nom de l'entreprise de son compte."""
    consultation = lisible(reference, request.user)
    retirant = services.nommer_son_entreprise(
        consultation=consultation,
        membre=membre_courant(request),
        prevenir="prevenir" in request.POST,
        maintenant=maintenant(),
    )
    return redirect("retraits:telecharger", reference, jetons.jeton_de(retirant))


@login_not_required
@jamais_gardee
@require_safe
def telecharger(request: HttpRequest, reference: str, jeton: str) -> HttpResponse:
    """Les mêmes documents, dont les téléchargements porteront ce nom."""
    consultation = lisible(reference, request.user)
    contexte = {
        "consultation": consultation,
        "retirant": queries.retirant_du_lien(consultation, jeton),
        "suite": f"?{jetons.PARAMETRE}={jeton}",
        "documents": presentation.documents_en_vigueur(consultation),
        "octets_du_dossier": presentation.taille_du_dossier(consultation),
    }
    return render(request, "retraits/public/telecharger.html", contexte)
