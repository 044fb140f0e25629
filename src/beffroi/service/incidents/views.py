"""Au centre : les incidents et ce qu'ils ont touché.

Chez l'acheteur : prolonger, ou dire pourquoi non.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise, reauthentification_recente
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.service.incidents import queries, rules, services
from beffroi.service.incidents.forms import DeclinerForm
from beffroi.service.incidents.models import Proposition
from beffroi.service.incidents.permissions import ACTES
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire


@connexion_requise
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    exiger_au_centre(request.user, "tenir_les_incidents", ACTES, maintenant())
    contexte = {"incidents": queries.incidents(), "sans_numero": queries.sans_numero()}
    return render(request, "incidents/liste.html", contexte)


@connexion_requise
@require_POST
def numeroter(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "tenir_les_incidents", ACTES, le)
    evenement = queries.sans_numero().filter(reference=reference).first()
    if evenement is None:
        raise Introuvable
    numerote = services.numeroter(evenement=evenement, par=request.user.acteur, maintenant=le)
    return redirect("incidents:incident", numerote.numero)


@connexion_requise
@formulaire
def incident(request: HttpRequest, numero: str) -> HttpResponse:
    """Ce que l'incident a touché ; d'un geste, le proposer à tous."""
    le = maintenant()
    exiger_au_centre(request.user, "tenir_les_incidents", ACTES, le)
    lu = queries.incident(numero)
    if request.method == "POST":
        faites = services.proposer_a_tous(incident=lu, par=request.user.acteur, maintenant=le)
        messages.success(
            request, f"Acheteurs prévenus : {len(faites)}. Chacun décide de sa consultation."
        )
        return redirect("incidents:incident", numero)
    touchees = queries.touchees(lu, le=le)
    reste = sum(une.proposition is None and une.prolongeable for une in touchees)
    return render(
        request, "incidents/incident.html", {"incident": lu, "touchees": touchees, "reste": reste}
    )


@reauthentification_recente
@formulaire
def chez_l_acheteur(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    proposition = queries.proposition_pour(request.user, reference, le)
    refus = ""
    if request.method == "POST":
        try:
            services.accepter(proposition=proposition, par=request.user, maintenant=le)
        except RegleEnfreinte as enfreinte:
            refus = enfreinte.message
        else:
            messages.success(request, "L'heure limite est prolongée, pour tout le monde à la fois.")
            return redirect("consultations:suivre", reference)
    return _montrer(request, proposition, DeclinerForm(), refus)


@reauthentification_recente
@require_POST
def decliner(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    proposition = queries.proposition_pour(request.user, reference, le)
    form = DeclinerForm(request.POST)
    if fait(
        request,
        form,
        lambda: services.decliner(
            proposition=proposition, **form.cleaned_data, par=request.user, maintenant=le
        ),
        "Votre réponse est notée.",
    ):
        return redirect("consultations:suivre", reference)
    return _montrer(request, proposition, form, "")


def _montrer(
    request: HttpRequest, proposition: Proposition, form: DeclinerForm, refus: str
) -> HttpResponse:
    le = maintenant()
    contexte = {
        "proposition": proposition,
        "consultation": proposition.consultation,
        "form": form,
        "refus": refus,
        "possible": rules.prolongation_possible(limite=proposition.limite, le=le),
        "raison": queries.raison(proposition, le=le),
    }
    return render(
        request,
        "incidents/chez_l_acheteur.html",
        contexte,
        status=422 if refus or form.errors else 200,
    )
