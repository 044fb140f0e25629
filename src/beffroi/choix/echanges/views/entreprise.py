"""Une entreprise lit les courriers qu'elle reçoit, et y répond dans son fil."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.choix.echanges import ecrans, queries, rules, services
from beffroi.choix.echanges.forms import RetourForm
from beffroi.choix.echanges.models import Fil
from beffroi.choix.echanges.views.suivi import servir
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne

PAR_PAGE = 20


@connexion_requise
@require_safe
def mes_messages(request: HttpRequest) -> HttpResponse:
    pages = Paginator(queries.fils_recus(request.user), PAR_PAGE).get_page(request.GET.get("page"))
    lignes = ecrans.fils_affiches(list(pages), le=maintenant())
    return render(
        request, "echanges/entreprise/mes_messages.html", {"pages": pages, "lignes": lignes}
    )


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
@jamais_gardee
def fil(request: HttpRequest, fil: str) -> HttpResponse:
    trouve = queries.fil_de(request.user, fil)
    if est_une_lecture(request):
        services.lire(fil=trouve, par=request.user, maintenant=maintenant())
    form = RetourForm(request.POST or None, request.FILES or None)
    refus = (
        _repondre(request, trouve, form) if request.method == "POST" and form.is_valid() else None
    )
    if request.method == "POST" and not form.errors and refus is None:
        messages.success(request, "Votre réponse est reçue. L'acheteur est prévenu.")
        return redirect("echanges:fil", fil)
    contexte = {
        "fil": trouve,
        "consultation": trouve.consultation,
        "tours": ecrans.tours_du_fil(trouve, a_l_acheteur=False),
        "form": form,
        "refus": refus,
        "ouvert": rules.peut_ecrire(etat=trouve.consultation.etat).favorable,
        "moment": queries.moment_de(trouve, le=maintenant()),
    }
    return render(
        request,
        "echanges/entreprise/fil.html",
        contexte,
        status=422 if form.errors or refus else 200,
    )


def est_une_lecture(request: HttpRequest) -> bool:
    """Une page demandée pour être lue : ni une sonde, ni ce qu'un navigateur charge d'avance."""
    return request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", "")


def _repondre(request: HttpRequest, fil: Fil, form: RetourForm) -> RegleEnfreinte | None:
    reponse = form.reponse()
    try:
        services.repondre(fil=fil, reponse=reponse, par=request.user, maintenant=maintenant())
    except RegleEnfreinte as refus:
        services.inscrire_le_refus(
            fil=fil, reponse=reponse, par=request.user, maintenant=maintenant()
        )
        return refus
    return None


@connexion_requise
@require_safe
@jamais_gardee
def piece(request: HttpRequest, fil: str, piece: str) -> HttpResponseBase:
    return servir(request, queries.piece_du_fil(queries.fil_de(request.user, fil), piece))
