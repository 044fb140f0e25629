"""Au centre : ce que la conformité demande de tenir."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.garde.conformite import queries
from beffroi.garde.conformite.destinations import destinations
from beffroi.garde.conformite.permissions import ACTES
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.horloge import maintenant


@connexion_requise
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """Chacun y voit ce que son rôle lui ouvre."""
    habilitation = exiger_au_centre(request.user, "voir_la_conformite", ACTES, maintenant())
    contexte: dict[str, object] = {acte: permet(habilitation, acte, ACTES) for acte in ACTES}
    contexte["serveurs"] = [(une, serveur) for une in destinations() for serveur in une.serveurs]
    listes = {"a_repondre": queries.demandes_a_repondre(), "clauses": queries.clauses_finies()}
    return render(request, "conformite/centre/accueil.html", contexte | listes)
