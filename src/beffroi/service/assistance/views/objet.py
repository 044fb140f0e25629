"""Ce qu'un acheteur voit de ce dont il demande l'aide :
en lecture, le temps de sa demande, et inscrit au registre.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.service.assistance import objet_en_question, queries
from beffroi.service.assistance.permissions import ACTES
from beffroi.service.assistance.services import regards
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant


@connexion_requise
@jamais_gardee
@require_safe
def voir(request: HttpRequest, reference: str, ecran: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "voir_l_objet", ACTES, le)
    demande = queries.demande_au_centre(reference)
    consultation = objet_en_question.consultation_de(demande, le)
    choisi = objet_en_question.un_ecran(consultation, ecran)
    if consultation is None or choisi is None:
        raise Introuvable()
    vu = objet_en_question.vu(request, demande, choisi)
    contexte = {"demande": demande, "consultation": consultation, "titre": choisi.nom, "vu": vu}
    page = render(request, "assistance/centre/objet.html", contexte)
    # Composée, pas encore partie : ce qui ne s'inscrirait pas ne se montrerait pas.
    regards.regarder_un_objet(
        consultation=consultation, demande=demande, ecran=ecran, par=request.user, maintenant=le
    )
    return page
