"""Les adresses d'un dossier publié qui change."""

from django.urls import path

from beffroi.achat.dossiers.views import acheteur, public

app_name = "dossiers"

CETTE = "consultations/<str:reference>"

urlpatterns = [
    path(f"{CETTE}/documents/versions/<int:numero>/dossier.zip", public.d_avant, name="d_avant"),
    path(f"{CETTE}/suivre/dossier/", acheteur.changer, name="changer"),
    path(f"{CETTE}/suivre/dossier/publier/", acheteur.publier, name="publier"),
    path(f"{CETTE}/suivre/dossier/<str:modification>/defaire/", acheteur.defaire, name="defaire"),
    path(f"{CETTE}/suivre/documents/<str:piece>/remplacer/", acheteur.remplacer, name="remplacer"),
    path(f"{CETTE}/suivre/documents/<str:piece>/retirer/", acheteur.retirer, name="retirer"),
]
