"""Chez la personne : ses demandes, en faire une, la suivre, dire si cela a servi."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.service.assistance import queries
from beffroi.service.assistance.forms import DemandeForm, ServiForm, SuiteForm
from beffroi.service.assistance.models import Demande
from beffroi.service.assistance.services import demandes
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, refus_dans, rendre, saisie

PAR_PAGE = 25


@connexion_requise
@require_safe
def mes_demandes(request: HttpRequest) -> HttpResponse:
    pages = Paginator(queries.mes_demandes(request.user), PAR_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request, "assistance/mes_demandes.html", {"pages": pages, "demandes": pages.object_list}
    )


@connexion_requise
@formulaire
def nouvelle(request: HttpRequest) -> HttpResponse:
    form = DemandeForm(saisie(request), initial={"objet": request.GET.get("objet", "")[:30]})
    if form.is_valid():
        personne = demandes.Personne(compte=request.user, telephone=form.cleaned_data["telephone"])
        with refus_dans(form):
            faite = demandes.demander(
                saisie=form.saisie(),
                personne=personne,
                canal=Demande.Canal.WEB,
                maintenant=maintenant(),
            )
            return redirect("assistance:demande", faite.reference)
    return rendre(request, "assistance/nouvelle.html", {"form": form})


@connexion_requise
@formulaire
def demande(request: HttpRequest, reference: str) -> HttpResponse:
    """L'échange ; y ajouter quelque chose la remet dans la file du centre."""
    sienne = queries.ma_demande(request.user, reference)
    form = SuiteForm(saisie(request))
    ajoutee = fait(
        request,
        form,
        lambda: demandes.ajouter_une_suite(
            demande=sienne,
            texte=form.cleaned_data["texte"],
            par=request.user.acteur,
            canal=Demande.Canal.WEB,
            maintenant=maintenant(),
        ),
        "C'est ajouté. Le centre de gestion le lira.",
    )
    if ajoutee:
        return redirect("assistance:demande", reference)
    contexte = {"demande": sienne, "fil": queries.fil(sienne, au_centre=False), "form": form}
    return rendre(request, "assistance/demande.html", {**contexte, "servi": ServiForm()})


@connexion_requise
@require_POST
def avis(request: HttpRequest, reference: str) -> HttpResponse:
    sienne = queries.ma_demande(request.user, reference)
    form = ServiForm(request.POST)
    if form.is_valid():
        demandes.dire_si_cela_a_servi(
            demande=sienne,
            reponse=form.cleaned_data["satisfaction"],
            mot=form.cleaned_data["mot"],
            par=request.user.acteur,
            maintenant=maintenant(),
        )
        messages.success(request, "Merci : votre avis est noté.")
        return redirect("assistance:demande", reference)
    contexte = {
        "demande": sienne,
        "fil": queries.fil(sienne, au_centre=False),
        "form": SuiteForm(),
        "servi": form,
    }
    return render(request, "assistance/demande.html", contexte, status=422)
