"""Les adresses du registre des dépôts."""

from django.urls import path

from beffroi.reponse.registre_des_depots import views

app_name = "registre_des_depots"

REGISTRE = "consultations/<str:reference>/registre"

urlpatterns = [
    path(f"{REGISTRE}/", views.registre, name="registre"),
    path(f"{REGISTRE}.<str:extension>", views.telecharger, name="telecharger"),
    path(f"{REGISTRE}/depot-materiel/", views.depot_materiel, name="depot_materiel"),
]
