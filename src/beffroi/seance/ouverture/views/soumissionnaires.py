"""Une même entreprise, deux équipes : dire, avant d'ouvrir, si c'est un seul soumissionnaire."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.seance.ouverture import ecrans, queries, services
from beffroi.seance.ouverture.forms import SoumissionnairesForm
from beffroi.seance.ouverture.identites import identifier
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, rendre, saisie


@jamais_gardee
@connexion_requise
@formulaire
def soumissionnaires(request: HttpRequest, reference: str, pli: str) -> HttpResponse:
    """`pli` : n'importe laquelle des réponses de cette entreprise."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    tableau = ecrans.Tableau(seance, request.user, le)
    groupe = next(
        (plis for plis in tableau.en_question if pli in {un.reference for un in plis}), None
    )
    if groupe is None:
        raise Introuvable
    form = SoumissionnairesForm(saisie(request))
    if form.is_valid():
        services.dire_les_soumissionnaires(
            seance=seance, plis=groupe, par=request.user, maintenant=le, **form.dits()
        )
        return redirect("ouverture:seance", reference)
    contexte = {
        "tableau": tableau,
        "seance": seance,
        "consultation": seance.consultation,
        "plis": groupe,
        "identifies": identifier(groupe, le=le),
        "form": form,
    }
    return rendre(request, "ouverture/seance/soumissionnaires.html", contexte)
