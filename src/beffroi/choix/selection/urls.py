"""Les adresses de la sélection et des tours d'offres, chez l'acheteur."""

from django.urls import path

from beffroi.choix.selection import views

app_name = "selection"

CETTE = "consultations/<str:reference>"

urlpatterns = [
    path(f"{CETTE}/candidatures/selection/", views.candidatures, name="candidatures"),
    path(f"{CETTE}/candidatures/inviter/", views.inviter, name="inviter"),
    path(f"{CETTE}/candidatures/lettres/", views.lettres, name="lettres"),
    path(f"{CETTE}/tours/", views.tours, name="tours"),
    path(f"{CETTE}/tours/negocier/", views.negocier, name="negocier"),
    path(f"{CETTE}/tours/<int:numero>/prolonger/", views.prolonger, name="prolonger"),
]
