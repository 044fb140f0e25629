"""L'état du service : pour tous, sans compte, et même quand la base ne répond pas."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.service.disponibilite import flux, queries, sondes
from beffroi.service.disponibilite.tableau import annonces, bilan
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.conditionnel import repondre
from formats.atom import TYPE, en_atom

MINUTE = "public, max-age=60"


@login_not_required
@require_safe
def etat_du_service(request: HttpRequest) -> HttpResponse:
    le = maintenant()
    sondees = sondes.sonder(le)
    dites = annonces(le)
    contexte = {"sondes": sondees, "bilan": bilan(sondees, dites["en_cours"]), **dites}
    return render(request, "disponibilite/etat.html", contexte)


@login_not_required
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """Les annonces, en Atom (RFC 4287) ; 304 tant qu'aucune ne change.

    La page, elle, dit l'heure de son constat.
    """
    lues = flux.flux(list(queries.annonces()[: flux.ENTREES]), le=maintenant())
    return repondre(
        request, lues.entrees, lambda: HttpResponse(en_atom(lues), content_type=TYPE), garde=MINUTE
    )
