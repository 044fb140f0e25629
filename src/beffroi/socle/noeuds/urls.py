from django.urls import path

from beffroi.socle.noeuds import views

app_name = "noeuds"

urlpatterns = [
    path("sante", views.sante, name="sante"),
    path("pret", views.pret, name="pret"),
]
