"""L'adresse d'un constat : sous celle du fichier."""

from django.urls import path

from beffroi.seance.antivirus import views

app_name = "antivirus"

urlpatterns = [
    path("plis-ouverts/<str:reference>/antivirus/", views.fichier, name="fichier"),
]
