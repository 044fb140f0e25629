"""La page du technicien : tout ce qui peut manquer, en un endroit, et ce que la sonde a mesuré."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.service.disponibilite import points, queries
from beffroi.service.sonde import ecrans
from beffroi.service.sonde.queries import exiger_de_lire_la_sonde
from beffroi.socle.fondations.horloge import maintenant


@connexion_requise
@require_safe
def supervision(request: HttpRequest) -> HttpResponse:
    le = maintenant()
    exiger_de_lire_la_sonde(request.user, le)
    lus = points.points(le)
    contexte = {
        "ecran": ecrans.supervision(le),
        "points": points.du_pire_au_meilleur(lus),
        "bilan": points.bilan(lus),
        "heures_du_jour": queries.heures_du_jour(le),
        "pointe": queries.jour_de_pointe(le),
    }
    return render(request, "disponibilite/supervision.html", contexte)
