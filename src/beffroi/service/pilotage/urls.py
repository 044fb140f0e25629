"""Les adresses des statistiques : celles d'un acheteur, celles du service."""

from django.urls import path

from beffroi.service.pilotage import views

app_name = "pilotage"

urlpatterns = [
    path("statistiques/", views.les_miennes, name="les_miennes"),
    path("statistiques/<str:siret>/", views.acheteur, name="acheteur"),
    path(
        "statistiques/<str:siret>/<int:annee>/statistiques.csv",
        views.acheteur_csv,
        name="acheteur_csv",
    ),
    path("statistiques/<str:siret>/<int:annee>/rapport.pdf", views.rapport, name="rapport"),
    path("cdg/statistiques/", views.service, name="service"),
    path("cdg/statistiques/<int:annee>/statistiques.csv", views.service_csv, name="service_csv"),
]
