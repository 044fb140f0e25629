"""Les adresses des retraits : se nommer et être prévenu ; le registre de l'acheteur."""

from django.urls import path

from beffroi.publicite.retraits.views import acheteur, public

app_name = "retraits"

CETTE = "consultations/<str:reference>"

urlpatterns = [
    path(f"{CETTE}/etre-averti/", public.etre_averti, name="etre_averti"),
    path(f"{CETTE}/etre-averti/mon-entreprise/", public.mon_entreprise, name="mon_entreprise"),
    path(f"{CETTE}/etre-averti/<str:jeton>/", public.telecharger, name="telecharger"),
    path(f"{CETTE}/retraits/", acheteur.registre, name="registre"),
    path(f"{CETTE}/retraits.<str:extension>", acheteur.fichier, name="fichier"),
]
