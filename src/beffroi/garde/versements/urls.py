"""Les adresses des versements."""

from django.urls import path

from beffroi.garde.versements.views import remise, versement

app_name = "versements"

UN = "archives/versements/<str:reference>"

urlpatterns = [
    path("archives/versements/", versement.liste, name="liste"),
    path("archives/paquets/<str:reference>/verser/", remise.verser, name="verser"),
    path("archives/paquets/<str:reference>/remettre/", remise.remettre, name="remettre"),
    path(f"{UN}/", versement.versement, name="versement"),
    path(f"{UN}/reponse/", versement.reponse, name="reponse"),
    path(f"{UN}/relancer/", versement.relancer, name="relancer"),
    path(f"{UN}/abandonner/", versement.abandonner, name="abandonner"),
    path(f"{UN}/<str:document>/", versement.document, name="document"),
]
