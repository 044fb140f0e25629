"""Au centre : taper le code dicté, regarder, désigner, finir."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.service.assistance.queries import fil
from beffroi.service.teleassistance import queries, reponses_json
from beffroi.service.teleassistance.forms import CodeForm
from beffroi.service.teleassistance.models import Partage
from beffroi.service.teleassistance.permissions import ACTES
from beffroi.service.teleassistance.relais import relais
from beffroi.service.teleassistance.rules import CENTRE
from beffroi.service.teleassistance.services import partages
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet import capacites
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie

DERNIERS = 30
INCONNU = (
    "Aucune personne n'attend avec ce code. Il vit dix minutes et ne sert qu'une fois : "
    "faites-le redicter."
)
FINS = {"terminer": partages.terminer, "couper": partages.couper}


@connexion_requise
@jamais_gardee
@formulaire
def accueil(request: HttpRequest) -> HttpResponse:
    """Le code, et ce qui a été partagé : qui, quand, comment cela a fini."""
    exiger_au_centre(request.user, "rejoindre", ACTES, maintenant())
    form = CodeForm(saisie(request))
    rejoint = _rejoindre(request, form) if form.is_valid() else None
    if rejoint:
        return redirect("teleassistance:regarder", rejoint.reference)
    contexte = {"form": form, "derniers": queries.au_centre()[:DERNIERS]}
    return rendre(request, "teleassistance/centre/accueil.html", contexte)


def _rejoindre(request: HttpRequest, form: CodeForm) -> Partage | None:
    with refus_dans(form):
        rejoint = partages.rejoindre(
            code=form.cleaned_data["code"], par=request.user, maintenant=maintenant()
        )
        if rejoint is None:
            form.add_error("code", INCONNU)
        return rejoint
    return None


def _le_sien(request: HttpRequest, reference: str) -> Partage:
    exiger_au_centre(request.user, "rejoindre", ACTES, maintenant())
    return queries.de_l_agent(request.user, reference)


@connexion_requise
@jamais_gardee
@require_safe
def regarder(request: HttpRequest, reference: str) -> HttpResponse:
    """L'écran de la personne, et sa demande."""
    partage = _le_sien(request, reference)
    contexte = {
        "partage": partage,
        "fil": fil(partage.demande, au_centre=True) if partage.demande else (),
        "donnees": {"relais": relais(partage)},
    }
    page = render(request, "teleassistance/centre/regarder.html", contexte)
    return capacites.permettre(page, "microphone") if partage.se_parle_ici else page


@connexion_requise
@jamais_gardee
@require_safe
@reponses_json.en_json
def etat(request: HttpRequest, reference: str) -> HttpResponse:
    return reponses_json.etat(request, _le_sien(request, reference), cote=CENTRE)


@connexion_requise
@jamais_gardee
@require_POST
@reponses_json.en_json
def signaux(request: HttpRequest, reference: str) -> HttpResponse:
    return reponses_json.recevoir_un_signal(request, _le_sien(request, reference), cote=CENTRE)


@connexion_requise
@require_POST
def finir(request: HttpRequest, reference: str) -> HttpResponse:
    """L'agent arrête, ou constate que la liaison est tombée."""
    partage = _le_sien(request, reference)
    fin = FINS.get(request.POST.get("acte", "terminer"), partages.terminer)
    fin(partage=partage, cote=CENTRE, par=request.user.acteur, maintenant=maintenant())
    return redirect("teleassistance:regarder", reference)
