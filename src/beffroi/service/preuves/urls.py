"""Les adresses des preuves."""

from django.urls import path

from beffroi.service.preuves import views

app_name = "preuves"

urlpatterns = [
    path("reponses/<str:reference>/attestation/", views.attestation, name="attestation"),
    path("consultations/<str:reference>/preuve/", views.dossier, name="dossier"),
    path(
        "consultations/<str:reference>/certificat/",
        views.certificat_de_la_consultation,
        name="certificat_de_la_consultation",
    ),
    path("cdg/certificat/", views.certificat, name="certificat"),
]
