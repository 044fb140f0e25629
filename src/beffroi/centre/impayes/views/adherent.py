"""Chez l'adhérent : ce qui est dû, ce qui peut suivre, comment contester, qui appeler."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.centre.impayes import chez_l_adherent, queries
from beffroi.centre.impayes.forms import ContestationForm
from beffroi.centre.impayes.permissions import ACTES
from beffroi.centre.impayes.services import suspensions
from beffroi.centre.impayes.views.centre import telecharger
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.queries import exiger_chez
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import refus_dans


@connexion_requise
@require_safe
@jamais_gardee
def nos_impayes(request: HttpRequest, siret: str) -> HttpResponse:
    return _montrer(request, siret, {})


@connexion_requise
@require_POST
def contester(request: HttpRequest, siret: str, contribution: str) -> HttpResponse:
    """Contester arrête les délais à l'instant ; le centre répond ici."""
    le = maintenant()
    habilitation = exiger_chez(request.user, siret, "contester_un_impaye", ACTES, le)
    contestee = chez_l_adherent.a_contester(habilitation.organisme, contribution)
    form = ContestationForm(request.POST, auto_id=_identifiants(contribution))
    if not form.is_valid():
        return _montrer(request, siret, {contestee.reference: form})
    with refus_dans(form):
        suspensions.contester(
            contribution=contestee, **form.cleaned_data, par=request.user, maintenant=le
        )
        messages.success(
            request,
            "Votre contestation est reçue : les délais sont arrêtés. La réponse viendra ici.",
        )
        return redirect("impayes:nos_impayes", siret)
    return _montrer(request, siret, {contestee.reference: form})


@connexion_requise
@require_safe
@jamais_gardee
def notre_lettre(request: HttpRequest, siret: str, piece: str) -> HttpResponseBase:
    habilitation = exiger_chez(request.user, siret, "lire_nos_impayes", ACTES, maintenant())
    return telecharger(request, chez_l_adherent.piece(habilitation.organisme, piece))


def _montrer(
    request: HttpRequest, siret: str, remplis: dict[str, ContestationForm]
) -> HttpResponse:
    le = maintenant()
    habilitation = exiger_chez(request.user, siret, "lire_nos_impayes", ACTES, le)
    page = chez_l_adherent.page(habilitation.organisme, le=le)
    formulaires = [
        (du, remplis.get(du.reference) or ContestationForm(auto_id=_identifiants(du.reference)))
        for du in page["dus"]
    ]
    contexte = {
        **page,
        "dus": formulaires,
        "form": next(iter(remplis.values()), None),
        "peut_contester": queries.permis(habilitation)["contester_un_impaye"],
    }
    return render(request, "impayes/nos_impayes.html", contexte, status=422 if remplis else 200)


def _identifiants(reference: str) -> str:
    """Plusieurs années dues, plusieurs formulaires : chaque champ garde le sien."""
    return f"id_{reference}_%s"
