"""La page du technicien : peut-on déposer, depuis quand, en combien de temps, et notre horloge est-elle à l'heure ?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.comptes.decorateurs import connexion_requise
from beffroi.socle.horloge import maintenant
from beffroi.sonde import ecrans, queries


@connexion_requise
@require_safe
def supervision(request: HttpRequest) -> HttpResponse:
    le = maintenant()
    queries.exiger_de_lire_la_sonde(request.user, le)
    return render(request, "sonde/supervision.html", {"ecran": ecrans.supervision(le)})
