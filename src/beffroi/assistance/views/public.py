"""Ce que tous lisent : les questions qui reviennent, les délais que le centre tient."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.assistance import queries
from beffroi.assistance.models import Categorie
from beffroi.assistance.rules.delais import URGENTE, en_clair
from beffroi.socle.horloge import maintenant

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
    """Ce qui est promis, et la part tenue sur quatre-vingt-dix jours (REQ-33)."""
    le = maintenant()
    horaires = settings.SERVICE["horaires"]
    promis = {nom: en_clair(duree, horaires) for nom, duree in settings.DELAIS_D_ASSISTANCE.items()}
    engagements = queries.engagements(depuis=le - PERIODE, le=le)
    contexte = {
        "lignes": [(engagement, promis[engagement.categorie]) for engagement in engagements],
        "urgence": promis[URGENTE],
        "jours": PERIODE.days,
    }
    return render(request, "assistance/nos_delais.html", contexte)
