"""La commission, vue d'une consultation : ce qu'elle en a dit, et pourquoi s'en passer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from beffroi.choix.commissions import ecrans, queries, services
from beffroi.choix.commissions.forms import DispenseForm
from beffroi.choix.commissions.views.commun import page
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, saisie


@jamais_gardee
@connexion_requise
@formulaire
def commission(request: HttpRequest, reference: str) -> HttpResponse:
    """Chaque lot, ce qui en est voté ; écrire pourquoi il s'attribue sans la commission (POST)."""
    acte = "tenir_les_commissions" if request.method == "POST" else "voir_les_commissions"
    consultation = queries.consultation_pour(request.user, reference, acte, le=maintenant())
    form = DispenseForm(saisie(request), consultation=consultation)

    def dispenser() -> None:
        lot, motif = form.cleaned_data["lot"] or None, form.cleaned_data["motif"]
        services.dispenser(
            consultation=consultation,
            lot=lot,
            motif=motif,
            par=request.user,
            maintenant=maintenant(),
        )

    if fait(request, form, dispenser, "La raison est gardée."):
        return redirect("commissions:consultation", reference)
    peut = queries.peut_tenir(request.user, consultation.organisme, le=maintenant())
    return page(
        request, "consultation", form=form, peut_tenir=peut, **ecrans.consultation(consultation)
    )
