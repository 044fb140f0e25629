"""Les adresses de l'essai (parcours, §3 et §8)."""

from django.urls import path

from beffroi.essai.views import diagnostic

app_name = "essai"

urlpatterns = [
    path("essai/diagnostic/", diagnostic.diagnostic, name="diagnostic"),
    path("essai/diagnostic/envoi/", diagnostic.envoi, name="envoi"),
    path("essai/diagnostic/attestation/", diagnostic.attestation, name="attestation"),
]
