"""Les adresses des incidents."""

from django.urls import path

from beffroi.service.incidents import views

app_name = "incidents"

urlpatterns = [
    path("cdg/incidents/", views.liste, name="liste"),
    path("cdg/incidents/<str:reference>/numeroter/", views.numeroter, name="numeroter"),
    path("cdg/incidents/<str:numero>/", views.incident, name="incident"),
    path("consultations/<str:reference>/incident/", views.chez_l_acheteur, name="chez_l_acheteur"),
    path("consultations/<str:reference>/incident/decliner/", views.decliner, name="decliner"),
]
