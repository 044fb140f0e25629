"""Les adresses des alertes : demander ;
ce qui suit passe par les liens des courriels (`abonnements`).
"""

from django.urls import path

from beffroi.publicite.alertes import views

app_name = "alertes"

urlpatterns = [
    path("alertes/", views.garder, name="garder"),
    path("alertes/demandee/", views.demandee, name="demandee"),
]
