from django.urls import path

from beffroi.sonde import views

app_name = "sonde"

urlpatterns = [path("cdg/supervision/", views.supervision, name="supervision")]
