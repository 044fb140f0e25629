"""Les adresses de la publicité, sous la consultation."""

from django.urls import path

from beffroi.publicite.avis.views import ecriture, parutions, public, publicite

app_name = "avis"

CETTE = "consultations/<str:reference>/publicite"
PARUTION = f"{CETTE}/parutions/<str:parution>"

urlpatterns = [
    path("consultations/<str:reference>/avis/", public.avis, name="public"),
    path(f"{CETTE}/", publicite.publicite, name="publicite"),
    path(f"{CETTE}/coordonnees/", publicite.coordonnees, name="coordonnees"),
    path(f"{CETTE}/ecrire/<str:forme>/", ecriture.ecrire, name="ecrire"),
    path(f"{CETTE}/<str:avis>/", ecriture.avis, name="avis"),
    path(f"{CETTE}/<str:avis>/verifier/", ecriture.verifier, name="verifier"),
    path(f"{CETTE}/<str:avis>/fichiers/<str:nom>", ecriture.fichier, name="fichier"),
    path(f"{PARUTION}/envoyer/", parutions.envoyer, name="envoyer"),
    path(f"{PARUTION}/relancer/", parutions.relancer, name="relancer"),
    path(f"{PARUTION}/preuve", parutions.preuve, name="preuve"),
    path(f"{PARUTION}/<str:acte>/", parutions.acte, name="acte"),
]
