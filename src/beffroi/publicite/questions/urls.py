"""Les adresses des questions : poser, lire, répondre à tous."""

from django.urls import path

from beffroi.publicite.questions.views import acheteur, entreprise, public, sans_compte

app_name = "questions"

CETTE = "consultations/<str:reference>/questions"

urlpatterns = [
    path(f"{CETTE}/", public.liste, name="liste"),
    path(f"{CETTE}/pieces/<str:piece>/<str:nom>", public.piece, name="piece"),
    path(f"{CETTE}/poser/", entreprise.poser, name="poser"),
    path(f"{CETTE}/sans-compte/", sans_compte.demander, name="demander"),
    path(f"{CETTE}/gerer/", acheteur.gerer, name="gerer"),
    path(f"{CETTE}/gerer/<str:question>/", acheteur.repondre, name="repondre"),
    path(f"{CETTE}/gerer/<str:question>/publier/", acheteur.publier, name="publier"),
    path(f"{CETTE}/gerer/<str:question>/ecarter/", acheteur.ecarter, name="ecarter"),
    path(f"{CETTE}/gerer/<str:question>/pieces/<str:piece>/", acheteur.piece, name="piece_recue"),
    path("questions/sans-compte/<str:jeton>/", sans_compte.poser, name="sans_compte"),
    path("questions/", entreprise.mes_questions, name="mes_questions"),
    path("questions/<str:question>/", entreprise.accuse, name="accuse"),
]
