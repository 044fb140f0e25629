"""Ce qu'un lot a de particulier : une page par lot, que l'on n'ouvre que s'il le faut."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from beffroi.achat.preparation import queries, services
from beffroi.achat.preparation.forms.lot import LotParticulierForm
from beffroi.achat.preparation.models import Preparation
from beffroi.achat.preparation.questionnaire import requete_de
from beffroi.achat.preparation.reprise import a_confirmer
from beffroi.achat.preparation.views.questions import a_preparer, avertir, garder_la_saisie, page
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.lecture import en_une_lecture
from droit.achat import Lot


@connexion_requise
@require_http_methods(["GET", "POST"])
@en_une_lecture
def lot(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    consultation = a_preparer(request, reference)
    preparation = queries.preparation_de(consultation)
    avant, question = queries.lot_de(consultation, preparation, numero), f"lot-{numero}"
    if request.method == "POST" and "ajouter" not in request.POST:
        form = LotParticulierForm(request.POST)
        if form.is_valid():
            services.decrire_un_lot(
                consultation=consultation,
                lot=form.lot(avant),
                par=request.user.acteur,
                maintenant=maintenant(),
            )
            if form.cleaned_data["criteres_propres"] and avertir(request, form):
                return redirect("preparation:lot", reference, numero)
            return redirect("preparation:lots", reference)
        garder_la_saisie(request, consultation, question)
    else:
        form = _repris(request, preparation, avant, question)
    reprise = a_confirmer(preparation, question)
    return page(request, consultation, "lots", "lot", form=form, lot=avant, reprise_de=reprise)


def _repris(
    request: HttpRequest, preparation: Preparation, avant: Lot, question: str
) -> LotParticulierForm:
    """Ce qui vient d'être saisi, ou l'était en partant, ou ce que le lot dit déjà."""
    if request.method == "POST":
        return LotParticulierForm.reprise(request.POST)
    if question in preparation.saisies:
        return LotParticulierForm(requete_de(preparation.saisies[question]))
    return LotParticulierForm.du_lot(avant, queries.reponses_de(preparation))
