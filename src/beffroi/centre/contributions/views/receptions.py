"""Noter quand un adhérent a reçu son appel :
un seul, ou la liste que rend la poste ou la messagerie.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from beffroi.centre.contributions import queries
from beffroi.centre.contributions.forms import ReceptionForm, ReceptionsForm
from beffroi.centre.contributions.permissions import ACTES
from beffroi.centre.contributions.services import receptions as services
from beffroi.centre.tarif.rules.dates import FONDEMENT_DU_DELAI
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from formats.pluriels import compter


@connexion_requise
@formulaire
def reception(request: HttpRequest, annee: int, reference: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "noter_la_reception", ACTES, le)
    contribution = queries.contribution_pour(annee, reference)
    form = ReceptionForm(saisie(request))
    if form.is_valid():
        with refus_dans(form, "le"):
            services.noter_la_reception(
                contribution=contribution,
                le=form.cleaned_data["le"],
                par=request.user,
                maintenant=le,
            )
            messages.success(request, "La réception est notée. L'échéance court de ce jour.")
            return redirect("contributions:ligne", annee, reference)
    contexte = {"form": form, "contribution": contribution, "fondement": FONDEMENT_DU_DELAI}
    return rendre(request, "contributions/reception.html", contexte)


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def receptions(request: HttpRequest, cle: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "noter_la_reception", ACTES, le)
    exercice = queries.exercice_pour(cle)
    form = (
        ReceptionsForm(request.POST, request.FILES)
        if request.method == "POST"
        else ReceptionsForm()
    )
    if form.is_valid():
        with refus_dans(form, "liste"):
            notees = services.noter_des_receptions(
                exercice=exercice, dites=form.dites(), par=request.user, maintenant=le
            )
            notes = compter(len(notees), "réception est notée", "réceptions sont notées")
            messages.success(request, f"{notes[:1].upper()}{notes[1:]}.")
            return redirect("contributions:receptions", cle)
    contexte = {"form": form, "exercice": exercice, **queries.receptions_de(exercice)}
    return rendre(request, "contributions/receptions.html", contexte)
