from django.urls import path

from beffroi.service.calculateurs import views

app_name = "outils"

urlpatterns = [
    path("outils/calendrier/", views.calendrier, name="calendrier"),
    path("outils/calendrier/dates.ics", views.agenda, name="agenda"),
    path("outils/contribution/", views.contribution, name="contribution"),
    path("outils/seuils/", views.seuils, name="seuils"),
]
