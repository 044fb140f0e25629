"""Ce que tous lisent : les questions qui reviennent, les délais que le centre tient."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.service.assistance import ecrans, queries
from beffroi.service.assistance.models import Categorie
from beffroi.service.assistance.rules.delais import URGENTE, en_clair
from beffroi.service.assistance.rules.demandes import PERSONNES_AU_MOINS
from beffroi.socle.fondations.horloge import maintenant

PERIODE = timedelta(days=90)


@login_not_required
@require_safe
def questions_frequentes(request: HttpRequest) -> HttpResponse:
    publiees = list(queries.questions_frequentes())
    rubriques = [
        (categorie.label, [question for question in publiees if question.categorie == categorie])
        for categorie in Categorie
    ]
    contexte = {"rubriques": [(titre, siennes) for titre, siennes in rubriques if siennes]}
    return render(request, "assistance/questions_frequentes.html", contexte)


@login_not_required
@require_safe
def nos_delais(request: HttpRequest) -> HttpResponse:
    """Ce qui est promis, la part tenue, et ce qui était demandé,
    sur quatre-vingt-dix jours (REQ-33).
    """
    le = maintenant()
    contexte = {
        "lignes": ecrans.mesures(depuis=le - PERIODE, le=le),
        "urgence": en_clair(settings.DELAIS_D_ASSISTANCE[URGENTE], settings.SERVICE["horaires"]),
        "jours": PERIODE.days,
        "au_moins": PERSONNES_AU_MOINS,
    }
    return render(request, "assistance/nos_delais.html", contexte)
