"""Les adresses de l'achèvement, pour l'acheteur."""

from django.urls import path

from beffroi.contrat.achevement.views import avis, rapport

app_name = "achevement"

AVIS = "consultations/<str:reference>/avis-d-attribution/"
RAPPORT = "consultations/<str:reference>/rapport-de-presentation/"

urlpatterns = [
    path(AVIS, avis.avis, name="avis"),
    path(f"{AVIS}<str:forme>/", avis.ecrire, name="ecrire"),
    path(RAPPORT, rapport.rapport, name="rapport"),
    path(f"{RAPPORT}apercu.<str:extension>", rapport.apercu, name="apercu"),
    path(f"{RAPPORT}<str:rapport>/communiquer/", rapport.communiquer, name="communiquer"),
    path(f"{RAPPORT}<str:rapport>/rapport.<str:extension>", rapport.fichier, name="fichier"),
]
