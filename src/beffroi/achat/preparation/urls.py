"""Les adresses de la préparation : une par question."""

from functools import partial

from django.urls import path

from beffroi.achat.preparation.questionnaire import ECRANS
from beffroi.achat.preparation.views import lot, questions, reprise

app_name = "preparation"

CETTE = "consultations/<str:reference>/preparer"

urlpatterns = [
    path("consultations/nouvelle/", questions.nouvelle, name="nouvelle"),
    *[path(f"{CETTE}/{cle}/", partial(questions.question, cle=cle), name=cle) for cle in ECRANS],
    path(f"{CETTE}/lots/<int:numero>/", lot.lot, name="lot"),
    path("consultations/<str:reference>/refaire/", reprise.refaire, name="refaire"),
    path(f"{CETTE}/procedures/", questions.procedures, name="procedures"),
    path(f"{CETTE}/modifier/<str:cle>/", questions.modifier, name="modifier"),
]
