"""Les adresses de la répétition.

Rien n'y est commun avec celles de la séance, hors le dialogue des navigateurs.
"""

from django.urls import path

from beffroi.seance.ouverture.views import cles
from beffroi.seance.repetition.views import repetition
from beffroi.seance.repetition.views.cles import REPETITION

app_name = "repetition"

ICI = "repetition/<str:reference>"
MENEE = {"ceremonie": REPETITION}

urlpatterns = [
    path("consultations/<str:reference>/repetition/", repetition.accueil, name="accueil"),
    path(f"{ICI}/", repetition.repetition, name="repetition"),
    path(f"{ICI}/rejoindre/", repetition.rejoindre, name="rejoindre"),
    path(f"{ICI}/enveloppe/", repetition.enveloppe, name="enveloppe"),
    path(f"{ICI}/conclure/", repetition.conclure, name="conclure"),
    path(f"{ICI}/abandonner/", repetition.abandonner, name="abandonner"),
    path(f"{ICI}/etat.json", cles.etat, MENEE, name="etat"),
    path(f"{ICI}/codes/", cles.codes, MENEE, name="codes"),
    path(f"{ICI}/alea/", cles.alea, MENEE, name="alea"),
    path(f"{ICI}/code/", cles.code, MENEE, name="code"),
    path(f"{ICI}/part/", cles.part, MENEE, name="part"),
    path(f"{ICI}/cles/", cles.cles, MENEE, name="cles"),
]
