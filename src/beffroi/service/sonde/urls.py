from django.urls import path

from beffroi.service.sonde import views

app_name = "sonde"

urlpatterns = [path("sonde/mesures/", views.remettre, name="remettre")]
