"""Les adresses du dépôt (parcours, §3)."""

from django.urls import path

from beffroi.depots.views.heure import heure

app_name = "depots"

urlpatterns = [
    path("heure", heure, name="heure"),
]
