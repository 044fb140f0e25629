"""Les adresses des données ouvertes (parcours, §8, lignes 46 et 60)."""

from django.urls import path

from beffroi.contrat.donnees_ouvertes import views

app_name = "donnees_ouvertes"

urlpatterns = [
    path("donnees/", views.accueil, name="accueil"),
    path("donnees/catalogue.jsonld", views.catalogue, name="catalogue"),
    path("donnees/profils-d-acheteur.csv", views.profils, name="profils"),
    path("donnees/consultations.csv", views.consultations_en_csv, name="consultations_csv"),
    path("donnees/consultations.json", views.consultations_en_json, name="consultations_json"),
]
