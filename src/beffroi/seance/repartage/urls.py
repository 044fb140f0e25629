"""Les adresses du repartage, sous celles de la consultation."""

from django.urls import path

from beffroi.seance.repartage import views

app_name = "repartage"

LES_CLES = "consultations/<str:reference>/cles"

urlpatterns = [
    path(f"{LES_CLES}/changer/", views.changer, name="changer"),
    path(f"{LES_CLES}/repartage/", views.repartage, name="repartage"),
    path(f"{LES_CLES}/repartage/remettre/", views.remettre, name="remettre"),
    path(f"{LES_CLES}/repartage/achever/", views.achever, name="achever"),
    path(f"{LES_CLES}/repartage/abandonner/", views.abandonner, name="abandonner"),
]
