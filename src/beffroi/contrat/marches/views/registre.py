"""Le registre des contrats d'un acheteur, et l'inscription d'un contrat conclu ailleurs."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.contrat.marches import ecrans, exports, queries
from beffroi.contrat.marches.forms import ContratForm, FiltreForm
from beffroi.contrat.marches.rules.numero import numero_propose
from beffroi.contrat.marches.services import contrats
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import Introuvable, RoleManquant
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats.dates import PARIS

PAR_PAGE = 50


@connexion_requise
@require_safe
@jamais_gardee
def registre(request: HttpRequest) -> HttpResponse:
    le = maintenant()
    organismes = queries.organismes_lus(request.user, le)
    form = FiltreForm(request.GET)
    filtre = queries.Filtre(**form.cleaned_data) if form.is_valid() else queries.Filtre()
    pages = Paginator(queries.registre(organismes, filtre), PAR_PAGE).get_page(
        request.GET.get("page")
    )
    contexte = {
        "form": form,
        "pages": pages,
        "lignes": ecrans.lignes(pages),
        "filtre": any((filtre.etat, filtre.nature, filtre.texte)),
        "peut_tenir": bool(queries.organismes_tenus(request.user, le)),
        "plusieurs_organismes": len(organismes) > 1,
    }
    return render(request, "marches/registre.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def export(request: HttpRequest, format_: str) -> HttpResponse:
    le = maintenant()
    organismes = queries.organismes_lus(request.user, le)
    if format_ not in exports.FORMATS:
        raise Introuvable()
    form = FiltreForm(request.GET)
    filtre = queries.Filtre(**form.cleaned_data) if form.is_valid() else queries.Filtre()
    octets = exports.registre(
        ecrans.lignes(queries.registre(organismes, filtre)), format_, etabli_le=le
    )
    return rendre_un_fichier(octets, f"contrats.{format_}")


@reauthentification_recente
@formulaire
def inscrire(request: HttpRequest) -> HttpResponse:
    """Un contrat sans publicité, ou conclu avant : il entre au registre avec ses dates."""
    le = maintenant()
    tenus = queries.organismes_tenus(request.user, le)
    if not tenus:
        lus = queries.organismes_lus(request.user, le)
        raise RoleManquant(
            f"Il faut être rédacteur ou valideur dans {lus[0]} pour inscrire un contrat."
        )
    form = _contrat_a_inscrire(request, tenus, jour=le.astimezone(PARIS).date())

    def inscrire_le() -> None:
        contrats.inscrire(
            organisme=form.acheteur,
            termes=form.termes(),
            titulaires=form.cleaned_data["titulaires"],
            reprise=form.reprise(),
            par=request.user.acteur,
            maintenant=le,
        )

    if fait(request, form, inscrire_le, "Le contrat est inscrit."):
        return redirect("marches:registre")
    return rendre(request, "marches/inscrire.html", {"form": form})


def _contrat_a_inscrire(request: HttpRequest, tenus: list[Organisme], *, jour: date) -> ContratForm:
    """Le premier organisme prête son prochain numéro et son code postal."""
    return ContratForm(
        saisie(request),
        organismes=tenus,
        accords_cadres=list(queries.accords_cadres(tenus)),
        jour=jour,
        initial={
            "numero": numero_propose(jour.year, deja=queries.numeros(tenus[0])),
            "lieu": tenus[0].code_postal,
        },
    )
