"""Ouvrir un complément, ou une régularisation :
un appel de plus, qui se mène comme celui de janvier.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from beffroi.centre.contributions.models import Exercice
from beffroi.centre.contributions.permissions import ACTES
from beffroi.centre.contributions.services import suites as services
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant

SORTES = {
    Exercice.Sorte.COMPLEMENT: services.completer,
    Exercice.Sorte.REGULARISATION: services.regulariser,
}


@connexion_requise
@require_POST
def ouvrir(request: HttpRequest, annee: int, sorte: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "preparer_l_appel", ACTES, le)
    if sorte not in SORTES:
        raise Introuvable()
    exercice = SORTES[Exercice.Sorte(sorte)](annee=annee, par=request.user, maintenant=le)
    messages.success(
        request, f"{exercice.titre} : ouvert. Figez ses comptes, puis relisez son aperçu."
    )
    return redirect("contributions:appel", exercice.cle)
