"""Des calculatrices publiques : tout est dans l'adresse, rien n'est gardé."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from beffroi.centre.tarif.rules.contribution import calculer
from beffroi.centre.tarif.rules.grille import annexe_1
from beffroi.service.calculateurs import calendriers
from beffroi.service.calculateurs import seuils as tables
from beffroi.service.calculateurs.forms import CalendrierForm, ContributionForm, JourDemandeForm
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.guichet.conditionnel import page_de_tous
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from droit.en_vigueur import Droit
from formats.dates import PARIS

AVANT_L_ENVOI = timedelta(days=7)


@login_not_required
@require_safe
def calendrier(request: HttpRequest) -> HttpResponse:
    """Le formulaire, et sous lui chaque date avec son article."""
    form, reponse = demande(request), None
    if form.is_bound and form.is_valid():
        reponse = calendriers.repondre(form)
    agenda = f"{reverse('outils:agenda')}?{request.GET.urlencode()}"
    contexte = {"form": form, "reponse": reponse, "agenda": agenda}
    return montrer(request, "outils/calendrier.html", contexte)


@login_not_required
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """Les mêmes dates, pour un agenda (RFC 5545)."""
    form = demande(request)
    reponse = calendriers.repondre(form) if form.is_bound and form.is_valid() else None
    if reponse is None or reponse.trouve is None:
        raise Http404
    adresse = f"{lien_vers('outils:calendrier')}?{request.GET.urlencode()}"
    octets = calendriers.en_agenda(reponse.trouve, adresse=adresse, le=horloge.maintenant())
    return rendre_un_fichier(octets, "calendrier.ics")


@login_not_required
@require_safe
def seuils(request: HttpRequest) -> HttpResponse:
    """Les seuils à une date ; d'office, aujourd'hui."""
    aujourd_hui = horloge.maintenant().astimezone(PARIS).date()
    form = JourDemandeForm(
        request.GET if "date" in request.GET else {"date": aujourd_hui.isoformat()}
    )
    droit = Droit.au(form.cleaned_data["date"] or aujourd_hui) if form.is_valid() else None
    contexte = {
        "form": form,
        "droit": droit,
        "tableaux": tables.tableaux(droit) if droit else [],
        "aujourd_hui": aujourd_hui,
    }
    return montrer(request, "outils/seuils.html", contexte)


@login_not_required
@require_safe
def contribution(request: HttpRequest) -> HttpResponse:
    """La contribution d'une année, et pourquoi ; d'office, celle de l'année en cours."""
    annee = horloge.maintenant().astimezone(PARIS).year
    form = ContributionForm(request.GET or None, initial={"exercice": annee})
    reponse = calculer(form.demande()) if form.is_bound and form.is_valid() else None
    contexte = {"form": form, "reponse": reponse, "grille": annexe_1()}
    return montrer(request, "outils/contribution.html", contexte)


def montrer(request: HttpRequest, gabarit: str, contexte: dict[str, Any]) -> HttpResponse:
    """La même adresse rend la même page : elle se garde et se revérifie.

    Une demande à corriger ne se garde pas.
    """
    if contexte["form"].errors:
        return render(request, gabarit, contexte, status=422)
    return page_de_tous(request, gabarit, contexte)


def demande(request: HttpRequest) -> CalendrierForm:
    """Rempli par l'adresse ;
    sans rien dedans, le formulaire vide, l'envoi proposé dans une semaine.
    """
    jour = horloge.maintenant().astimezone(PARIS).date()
    form = CalendrierForm(request.GET or None, procedures=Droit.au(jour).procedures)
    form.fields["envoi"].initial = jour + AVANT_L_ENVOI
    return form
