"""Activer d'un coup les adhérents dont la convention est signée."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from beffroi.centre.conventions.queries import exiger_de_tenir
from beffroi.centre.interventions import queries
from beffroi.centre.interventions.services.activations import activer_en_nombre
from beffroi.personnes.comptes.decorateurs import reauthentification_recente
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire


@reauthentification_recente
@formulaire
def activer(request: HttpRequest) -> HttpResponse:
    """La liste des conventions signées ;
    celles qu'on ne peut pas activer disent pourquoi, et ne se cochent pas.
    """
    exiger_de_tenir(request.user, maintenant())
    choisies, refus = set(request.POST.getlist("convention")), ""
    candidats = queries.candidats_a_l_activation()
    if request.method == "POST":
        conventions = [
            candidat.convention
            for candidat in candidats
            if candidat.convention.reference in choisies
        ]
        try:
            nombre = activer_en_nombre(
                conventions=conventions, par=request.user.acteur, maintenant=maintenant()
            )
        except RegleEnfreinte as erreur:
            refus = erreur.message
        else:
            messages.success(
                request, f"C'est fait : {nombre} adhérents activés, chacun avec une invitation."
            )
            return redirect("interventions:activer")
    contexte = {"candidats": candidats, "choisies": choisies, "refus": refus}
    return render(request, "interventions/activer.html", contexte, status=422 if refus else 200)
