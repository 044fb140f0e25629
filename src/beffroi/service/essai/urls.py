"""Les adresses de l'essai (parcours, §3 et §8)."""

from django.urls import path

from beffroi.service.essai.views import depot, diagnostic, ecole

app_name = "essai"

urlpatterns = [
    path("essai/diagnostic/", diagnostic.diagnostic, name="diagnostic"),
    path("essai/diagnostic/envoi/", diagnostic.envoi, name="envoi"),
    path("essai/diagnostic/attestation/", diagnostic.attestation, name="attestation"),
    path("essai/depot/", depot.depot, name="depot"),
    path("essai/depot/entrer/", depot.entrer, name="entrer"),
    path("essai/depot/courriels/", depot.courriels, name="courriels"),
    path("essai/depot/<str:reference>/ouverte/", depot.ouvrir, name="ouverte"),
    path("ecole/", ecole.ecole, name="ecole"),
    path("ecole/entrer/<str:jeton>/", ecole.entrer, name="entrer_a_l_ecole"),
    path("ecole/commencer/", ecole.commencer, name="commencer_la_classe"),
]
