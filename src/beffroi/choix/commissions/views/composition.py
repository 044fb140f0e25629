"""Les commissions d'un organisme, et qui en est."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from beffroi.choix.commissions import ecrans, queries, services
from beffroi.choix.commissions.forms import CommissionForm, MembreForm
from beffroi.choix.commissions.views.commun import page
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.erreurs import RoleManquant
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, saisie
from beffroi.socle.guichet.confirmation import Confirmation, faire_confirmer


@jamais_gardee
@connexion_requise
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """Les commissions de mes organismes, et les réunions où je suis convoqué."""
    return page(request, "liste", **ecrans.liste(request.user, le=maintenant()))


@jamais_gardee
@connexion_requise
@formulaire
def creer(request: HttpRequest) -> HttpResponse:
    organismes = queries.organismes_ou(request.user, "tenir_les_commissions", le=maintenant())
    if not organismes:
        raise RoleManquant(
            "Il faut être rédacteur ou valideur d'un organisme acheteur pour créer une commission."
        )
    form = CommissionForm(saisie(request), organismes=organismes)

    def acte() -> None:
        organisme = form.organismes[form.cleaned_data["organisme"]]
        services.creer_une_commission(
            organisme=organisme, projet=form.projet(), par=request.user, maintenant=maintenant()
        )

    if fait(request, form, acte, "La commission est créée. Ajoutez maintenant ses membres."):
        return redirect("commissions:liste")
    return page(request, "creer", form=form)


@jamais_gardee
@connexion_requise
@require_safe
def commission(request: HttpRequest, reference: str) -> HttpResponse:
    lue = queries.commission_pour(request.user, reference, "voir_les_commissions", le=maintenant())
    peut = queries.peut_tenir(request.user, lue.organisme, le=maintenant())
    return page(request, "commission", **ecrans.commission(lue), peut_tenir=peut)


@jamais_gardee
@connexion_requise
@formulaire
def ajouter(request: HttpRequest, reference: str) -> HttpResponse:
    lue = queries.commission_pour(request.user, reference, "tenir_les_commissions", le=maintenant())
    form = MembreForm(saisie(request))

    def acte() -> None:
        services.ajouter_un_membre(
            commission=lue, projet=form.projet(), par=request.user, maintenant=maintenant()
        )

    if fait(request, form, acte, "Cette personne est de la commission."):
        return redirect("commissions:commission", reference)
    return page(request, "ajouter", commission=lue, form=form)


@jamais_gardee
@connexion_requise
@formulaire
def retirer(request: HttpRequest, reference: str, membre: str) -> HttpResponse:
    lue = queries.commission_pour(request.user, reference, "tenir_les_commissions", le=maintenant())
    trouve = queries.membre_pour(lue, membre)
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                f"Retirer {trouve.nom} de la commission ?",
                (
                    "Ses fonctions finissent maintenant. Ses votes restent, "
                    "et sa place aux réunions déjà convoquées.",
                ),
                "Pour revenir, cette personne devra être ajoutée de nouveau.",
                "Retirer cette personne",
                reverse("commissions:commission", args=(reference,)),
                "La garder",
            ),
        )
    services.retirer_un_membre(membre=trouve, par=request.user, maintenant=maintenant())
    return redirect("commissions:commission", reference)
