"""Les effectifs qui manquent à l'année : les voir, les rappeler."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from beffroi.centre.contributions import queries
from beffroi.centre.contributions.effectifs import non_declares
from beffroi.centre.contributions.permissions import ACTES
from beffroi.centre.contributions.services.effectifs import rappeler
from beffroi.centre.tarif.rules.dates import declaration_attendue
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire
from formats.dates import PARIS
from formats.pluriels import compter


@connexion_requise
@formulaire
def effectifs(request: HttpRequest) -> HttpResponse:
    le = maintenant()
    acte = "preparer_l_appel" if request.method == "POST" else "voir_les_contributions"
    habilitation = exiger_au_centre(request.user, acte, ACTES, le)
    jour = le.astimezone(PARIS).date()
    if request.method == "POST":
        rappeles = rappeler(annee=jour.year, par=request.user, maintenant=le)
        messages.success(
            request, f"{compter(rappeles, 'courriel de rappel', 'courriels de rappel')} en route."
        )
        return redirect("contributions:effectifs")
    manquants = non_declares(jour.year)
    contexte = {
        "annee": jour.year,
        "manquants": manquants,
        "joignables": sum(bool(une.adherent.courriel) for une in manquants),
        "est_du": jour >= declaration_attendue(jour.year),
        "permis": queries.permis(habilitation),
    }
    return render(request, "contributions/effectifs.html", contexte)
