"""Rendre de l'argent : une gestionnaire propose, un ordonnateur accorde ou écarte."""

from collections.abc import Callable
from functools import partial

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from beffroi.centre.contributions import queries
from beffroi.centre.contributions.forms import AvoirForm, DepartForm
from beffroi.centre.contributions.permissions import ACTES
from beffroi.centre.contributions.services import avoirs_a_deux
from beffroi.centre.propositions import queries as propositions
from beffroi.personnes.comptes.decorateurs import connexion_requise, reauthentification_recente
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie

PROPOSE = "C'est proposé. Une autre personne en décide."


@connexion_requise
@formulaire
def avoir(request: HttpRequest, annee: int, reference: str) -> HttpResponse:
    """Proposer de rendre une part d'un appel émis : une erreur, une régularisation."""
    form = AvoirForm(saisie(request))
    proposer = lambda contribution, **par: avoirs_a_deux.proposer_un_avoir(  # noqa: E731
        contribution=contribution, rendu=form.rendu(), **par
    )
    return _proposer(request, annee, reference, form, proposer, "Proposer un avoir")


@connexion_requise
@formulaire
def depart(request: HttpRequest, annee: int, reference: str) -> HttpResponse:
    """L'avoir de qui part en cours d'année : ses jours seuls restent dus."""
    proposer = lambda contribution, **par: avoirs_a_deux.proposer_apres_un_depart(  # noqa: E731
        contribution=contribution, **par
    )
    titre = "Proposer de rendre après un départ"
    return _proposer(request, annee, reference, DepartForm(saisie(request)), proposer, titre)


def _proposer(
    request: HttpRequest,
    annee: int,
    reference: str,
    form: Form,
    proposer: Callable[..., object],
    titre: str,
) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "proposer_un_avoir", ACTES, le)
    contribution = queries.contribution_pour(annee, reference)
    acte = partial(proposer, contribution, par=request.user, maintenant=le)
    if fait(request, form, acte, PROPOSE, rien="Rien n'est à rendre."):
        return redirect("contributions:ligne", annee, reference)
    contexte = {"form": form, "contribution": contribution, "titre": titre}
    return rendre(request, "contributions/avoir.html", contexte)


@reauthentification_recente
@formulaire
def rendre_a_l_adherent(request: HttpRequest, annee: int, reference: str) -> HttpResponse:
    """Accorder l'avoir qu'une autre personne propose."""
    le = maintenant()
    exiger_au_centre(request.user, "accorder_un_avoir", ACTES, le)
    contribution = queries.contribution_pour(annee, reference)
    proposition = propositions.sur(reference).get(avoirs_a_deux.RENDRE)
    form = DepartForm(saisie(request))
    accorder = partial(
        avoirs_a_deux.accorder_ce_qui_est_propose,
        contribution=contribution,
        par=request.user,
        maintenant=le,
    )
    if fait(request, form, accorder, "L'avoir est accordé."):
        return redirect("contributions:ligne", annee, reference)
    contexte = {"form": form, "contribution": contribution, "proposition": proposition}
    return rendre(request, "contributions/rendre.html", {**contexte, "titre": "Accorder un avoir"})
