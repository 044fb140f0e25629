"""Constater qui siège."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.seance.ouverture import commission as commissions
from beffroi.seance.ouverture import ecrans, queries, services
from beffroi.seance.ouverture.forms import CommissionForm
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, rendre, saisie


@jamais_gardee
@connexion_requise
@formulaire
def commission(request: HttpRequest, reference: str) -> HttpResponse:
    """Qui siège : les services, ou une commission dont le quorum se constate."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    initiales = CommissionForm.valeurs(commissions.lire(seance), dite=bool(seance.commission))
    form = CommissionForm(saisie(request), initial=initiales)
    if form.is_valid():
        services.constater_la_commission(
            seance=seance, commission=form.commission(), par=request.user, maintenant=le
        )
        return redirect("ouverture:commission", reference)
    contexte = {
        "tableau": ecrans.Tableau(seance, request.user, le),
        "seance": seance,
        "consultation": seance.consultation,
        "form": form,
        "constat": commissions.constater(seance, le=le),
        "sans_constat": commissions.phrase_sans_constat(seance),
    }
    return rendre(request, "ouverture/seance/commission.html", contexte)
