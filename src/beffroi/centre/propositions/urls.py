"""Les adresses des propositions : ce qui attend la seconde personne, et l'écarter."""

from django.urls import path

from beffroi.centre.propositions import views

app_name = "propositions"

urlpatterns = [
    path("cdg/propositions/", views.liste, name="liste"),
    path("cdg/propositions/<str:reference>/ecarter/", views.ecarter, name="ecarter"),
]
