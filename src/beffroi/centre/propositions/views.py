"""Ce qui attend la seconde personne, ce qui a été décidé ; écarter une proposition."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.centre.propositions import queries, services
from beffroi.centre.propositions.forms import EcartForm
from beffroi.centre.propositions.permissions import ACTES
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie

TRANCHEES_MONTREES = 50


@connexion_requise
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """Ce que l'un propose, ce que l'autre en a fait."""
    habilitation = exiger_au_centre(request.user, "lire_les_propositions", ACTES, maintenant())
    contexte = {
        "ouvertes": queries.ouvertes(),
        "tranchees": queries.tranchees()[:TRANCHEES_MONTREES],
        "peut_decider": permet(habilitation, "decider", ACTES),
        "peut_ecarter": permet(habilitation, "ecarter", ACTES),
    }
    return render(request, "propositions/liste.html", contexte)


@connexion_requise
@formulaire
def ecarter(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "ecarter", ACTES, le)
    proposition = queries.proposition_ouverte(reference)
    form = EcartForm(saisie(request))
    acte: Callable[[], object] = lambda: services.ecarter(  # noqa: E731
        proposition=proposition,
        motif=form.cleaned_data["motif"],
        par=request.user,
        maintenant=le,
    )
    if fait(request, form, acte, "La proposition est écartée. Rien ne s'est fait."):
        return redirect("propositions:liste")
    return rendre(request, "propositions/ecarter.html", {"form": form, "proposition": proposition})
