"""Les adresses des preuves."""

from django.urls import path

from beffroi.preuves import views

app_name = "preuves"

urlpatterns = [
    path("reponses/<str:reference>/attestation/", views.attestation, name="attestation"),
    path("consultations/<str:reference>/preuve/", views.dossier, name="dossier"),
]
