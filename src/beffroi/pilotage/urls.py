"""Les adresses des statistiques : celles d'un acheteur, celles du service."""

from django.urls import path

from beffroi.pilotage import views

app_name = "pilotage"

urlpatterns = [
    path("statistiques/", views.les_miennes, name="les_miennes"),
    path("organisme/<str:siret>/statistiques/", views.acheteur, name="acheteur"),
    path("organisme/<str:siret>/statistiques/<int:annee>/statistiques.csv", views.acheteur_csv, name="acheteur_csv"),
    path("organisme/<str:siret>/statistiques/<int:annee>/rapport.pdf", views.rapport, name="rapport"),
    path("cdg/statistiques/", views.service, name="service"),
    path("cdg/statistiques/<int:annee>/statistiques.csv", views.service_csv, name="service_csv"),
]
