"""Chez l'adhérent : les violations qui touchent ses données, et elles seules."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.garde.violations import queries
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.horloge import maintenant
from droit.calendrier.personnes import notifier_avant


@connexion_requise
@require_safe
@jamais_gardee
def chez_nous(request: HttpRequest, siret: str) -> HttpResponse:
    """Ce qu'il doit savoir pour notifier à son tour, et avant quand (RGPD, art. 33, § 1 et 2)."""
    organisme = queries.chez_l_adherent(request.user, siret, maintenant())
    touches = [
        (touche, notifier_avant(touche.prevenu_le), queries.precisions(touche.violation))
        for touche in queries.touches_de(organisme)
    ]
    return render(
        request, "violations/chez_nous.html", {"organisme": organisme, "touches": touches}
    )
