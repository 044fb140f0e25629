"""Les projets d'un jury, pour son secrétariat : leur lettre, puis de qui ils sont."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from beffroi.choix.commissions import ecrans, queries, services
from beffroi.choix.commissions.forms import ProjetsForm
from beffroi.choix.commissions.models import Point
from beffroi.choix.commissions.mots import Sorte
from beffroi.choix.commissions.queries import anonymat
from beffroi.choix.commissions.views.commun import page
from beffroi.personnes.comptes.decorateurs import jamais_gardee, reauthentification_recente
from beffroi.socle.fondations.erreurs import Introuvable, RoleManquant
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, saisie
from beffroi.socle.guichet.lecture import en_une_lecture


def a_anonymiser(request: HttpRequest, reference: str, rang: int) -> Point:
    """L'affaire d'un jury, pour qui en tient le secrétariat sans en être."""
    reunion = queries.reunion_pour(
        request.user, reference, "tenir_les_commissions", le=maintenant()
    )
    if reunion.commission.sorte != Sorte.JURY:
        raise Introuvable()
    point = queries.point_pour(reunion, rang)
    if anonymat.est_anonyme(point) and anonymat.est_du_jury(request.user, reunion.commission):
        raise RoleManquant(anonymat.GARDE)
    return point


@jamais_gardee
@reauthentification_recente
@formulaire
@en_une_lecture
def projets(request: HttpRequest, reference: str, rang: int) -> HttpResponse:
    """Quelle lettre cache quelle entreprise ; tirer les lettres, lever l'anonymat (POST)."""
    point = a_anonymiser(request, reference, rang)
    form = ProjetsForm(saisie(request))

    def acte() -> None:
        tirer = form.cleaned_data["geste"] == ProjetsForm.TIRER
        geste = services.tirer_les_lettres if tirer else services.lever_l_anonymat
        geste(point=point, par=request.user, maintenant=maintenant())

    if fait(request, form, acte, "C'est fait, et gardé au journal."):
        return redirect("commissions:projets", reference, rang)
    return page(request, "projets", form=form, **ecrans.projets(point))
