"""Les adresses des copies de sauvegarde."""

from django.urls import path

from beffroi.seance.copies_de_sauvegarde import views

app_name = "copies_de_sauvegarde"

COPIES = "consultations/<str:reference>/copies-de-sauvegarde"

urlpatterns = [
    path(f"{COPIES}/", views.copies, name="copies"),
    path(f"{COPIES}/<int:cle>/", views.ouvrir, name="ouvrir"),
    path("copies-de-sauvegarde/<str:reference>/", views.fichier, name="fichier"),
    path("copies-de-sauvegarde/<str:reference>/antivirus/", views.antivirus, name="antivirus"),
]
