"""Composer une vague, l'activer, la suivre, l'annuler."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.centre.conventions import queries as conventions
from beffroi.centre.reprises import ecrans, queries
from beffroi.centre.reprises.forms import ActiverForm, AnnulerForm, VagueForm
from beffroi.centre.reprises.models import Vague
from beffroi.centre.reprises.services import vagues as services
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie


@connexion_requise
@formulaire
def composer(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    conventions.exiger_de_tenir(request.user, le)
    reprise = queries.reprise_pour(reference)
    form = VagueForm(saisie(request))
    acte = lambda: services.composer(  # noqa: E731
        reprise=reprise,
        nom=form.cleaned_data["nom"],
        le=form.cleaned_data["le"],
        numeros=form.numeros,
        premieres=form.cleaned_data["premieres"] or 0,
        par=request.user,
        maintenant=le,
    )
    if fait(request, form, acte, "La vague est composée. Rien n'est encore activé."):
        return redirect("reprises:reprise", reference)
    return rendre(request, "reprises/composer.html", ecrans.page_a_composer(reprise, form, le))


@connexion_requise
@require_safe
@jamais_gardee
def vague(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    habilitation = conventions.exiger_de_lire(request.user, maintenant())
    trouvee = queries.vague_pour(queries.reprise_pour(reference), numero)
    contexte = ecrans.page_de_la_vague(trouvee, habilitation, page=request.GET.get("page"))
    return render(request, "reprises/vague.html", contexte)


@connexion_requise
@require_POST
def defaire(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    trouvee = _a_tenir(request, reference, numero)
    services.defaire(vague=trouvee, par=request.user, maintenant=maintenant())
    messages.success(request, "La vague est défaite : ses conventions sont de nouveau libres.")
    return redirect("reprises:reprise", reference)


@reauthentification_recente
@formulaire
def activer(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    """Ce que la vague va faire, dit avant le bouton."""
    le = maintenant()
    trouvee = _a_tenir(request, reference, numero)
    form = ActiverForm(saisie(request))
    acte = lambda: services.activer(vague=trouvee, par=request.user, maintenant=le)  # noqa: E731
    if fait(request, form, acte, "La vague est partie."):
        return redirect("reprises:vague", reference, numero)
    habilitation = conventions.exiger_de_tenir(request.user, le)
    contexte = ecrans.page_de_la_vague(trouvee, habilitation, page=None)
    return rendre(request, "reprises/activer.html", {"form": form, **contexte})


@connexion_requise
@require_POST
def relancer(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    trouvee = _a_tenir(request, reference, numero)
    services.relancer(vague=trouvee, par=request.user, maintenant=maintenant())
    messages.success(request, "Ce qui restait est relancé.")
    return redirect("reprises:vague", reference, numero)


@reauthentification_recente
@formulaire
def annuler(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    """Ce qui s'annule, ce qui ne s'annule plus et pourquoi ; puis le motif."""
    le = maintenant()
    trouvee = _a_tenir(request, reference, numero)
    form = AnnulerForm(saisie(request))
    acte = lambda: services.annuler(  # noqa: E731
        vague=trouvee, motif=form.cleaned_data["motif"], par=request.user, maintenant=le
    )
    if fait(request, form, acte, "L'annulation est partie."):
        return redirect("reprises:vague", reference, numero)
    habilitation = conventions.exiger_de_tenir(request.user, le)
    contexte = ecrans.page_de_la_vague(trouvee, habilitation, page=None)
    return rendre(request, "reprises/annuler.html", {"form": form, **contexte})


def _a_tenir(request: HttpRequest, reference: str, numero: int) -> Vague:
    conventions.exiger_de_tenir(request.user, maintenant())
    return queries.vague_pour(queries.reprise_pour(reference), numero)
