"""Tenir la réunion : les présences, les retraits, les votes, les observations, la clôture."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from beffroi.choix.commissions import ecrans, queries, services
from beffroi.choix.commissions.forms import (
    ClotureForm,
    DeportForm,
    ObservationForm,
    PresencesForm,
    VoteForm,
)
from beffroi.choix.commissions.models import Reunion
from beffroi.choix.commissions.queries import anonymat
from beffroi.choix.commissions.views.commun import page
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, saisie
from beffroi.socle.guichet.lecture import en_une_lecture


def a_tenir(request: HttpRequest, reference: str) -> Reunion:
    """Une réunion convoquée et pas close, pour son secrétariat."""
    reunion = queries.reunion_pour(
        request.user, reference, "tenir_les_commissions", le=maintenant()
    )
    if not reunion.en_cours:
        raise ConflitEtat(
            "Cette réunion n'est pas en cours : elle n'est pas convoquée, elle est close, "
            "ou annulée."
        )
    return reunion


@jamais_gardee
@connexion_requise
@formulaire
def presences(request: HttpRequest, reference: str) -> HttpResponse:
    reunion = a_tenir(request, reference)
    form = PresencesForm(saisie(request), reunion=reunion, sieges=queries.sieges_de(reunion))

    def acte() -> None:
        services.noter_les_presences(
            reunion=reunion,
            presences=form.presences(),
            vue=form.cleaned_data["vue"],
            par=request.user,
            maintenant=maintenant(),
        )

    if fait(request, form, acte, "Les présences sont notées."):
        return redirect("commissions:reunion", reference)
    return page(request, "presences", reunion=reunion, form=form)


@jamais_gardee
@reauthentification_recente
@formulaire
@en_une_lecture
def voter(request: HttpRequest, reference: str, rang: int) -> HttpResponse:
    reunion = a_tenir(request, reference)
    point = queries.point_pour(reunion, rang)
    offres = anonymat.offres(point)
    preponderante = reunion.commission.voix_preponderante
    form = VoteForm(saisie(request), point=point, offres=offres, preponderante=preponderante)

    def acte() -> None:
        vue, le = form.cleaned_data["vue"], maintenant()
        services.voter(point=point, projet=form.projet(), vue=vue, par=request.user, maintenant=le)

    if fait(request, form, acte, "Le vote est inscrit."):
        return redirect("commissions:reunion", reference)
    return page(request, "voter", form=form, **ecrans.affaire(point, offres))


@jamais_gardee
@connexion_requise
@formulaire
def deport(request: HttpRequest, reference: str) -> HttpResponse:
    reunion = a_tenir(request, reference)
    form = DeportForm(
        saisie(request), sieges=queries.sieges_de(reunion), points=queries.points_de(reunion)
    )

    def acte() -> None:
        donnees = form.cleaned_data
        siege, point = form.sieges[donnees["siege"]], form.points[donnees["point"]]
        services.noter_un_deport(
            siege=siege,
            point=point,
            motif=donnees["motif"],
            par=request.user,
            maintenant=maintenant(),
        )

    if fait(request, form, acte, "Cette personne ne vote pas de cette affaire."):
        return redirect("commissions:reunion", reference)
    return page(request, "deport", reunion=reunion, form=form)


@jamais_gardee
@connexion_requise
@formulaire
def observer(request: HttpRequest, reference: str) -> HttpResponse:
    reunion = a_tenir(request, reference)
    form = ObservationForm(saisie(request))

    def acte() -> None:
        services.observer(
            reunion=reunion, **form.cleaned_data, par=request.user, maintenant=maintenant()
        )

    if fait(request, form, acte, "L'observation est au procès-verbal."):
        return redirect("commissions:reunion", reference)
    return page(request, "observer", reunion=reunion, form=form)


@jamais_gardee
@reauthentification_recente
@formulaire
def clore(request: HttpRequest, reference: str) -> HttpResponse:
    """Relire tout, puis clore : le procès-verbal est gardé, et ne change plus."""
    reunion = a_tenir(request, reference)
    form = ClotureForm(saisie(request), initial={"vue": reunion.version})

    def acte() -> None:
        services.clore(
            reunion=reunion, vue=form.cleaned_data["vue"], par=request.user, maintenant=maintenant()
        )

    if fait(request, form, acte, "La réunion est close. Son procès-verbal est gardé."):
        return redirect("commissions:reunion", reference)
    return page(request, "clore", form=form, **ecrans.reunion(reunion, le=maintenant()))
