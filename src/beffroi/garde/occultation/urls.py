"""Les adresses des communications de documents."""

from django.urls import path

from beffroi.garde.occultation import views

app_name = "communications"

urlpatterns = [
    path("acheteur/occulter/", views.occulter, name="occulter"),
    path("acheteur/occulter/<str:reference>/", views.fichier, name="fichier"),
]
