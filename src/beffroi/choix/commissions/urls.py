"""Les adresses des commissions :
leur composition, leurs réunions, et la page d'un membre convoqué.
"""

from django.urls import path

from beffroi.choix.commissions.views import composition, consultation, jury, membre, reunion, seance

app_name = "commissions"

CELLE_CI = "commissions/<str:reference>"
REUNION = "commissions/reunions/<str:reference>"

urlpatterns = [
    path("commissions/", composition.liste, name="liste"),
    path("commissions/nouvelle/", composition.creer, name="creer"),
    path(f"{REUNION}/", reunion.reunion, name="reunion"),
    path(f"{REUNION}/modifier/", reunion.modifier, name="modifier"),
    path(f"{REUNION}/convoquer/", reunion.convoquer, name="convoquer"),
    path(f"{REUNION}/annuler/", reunion.annuler, name="annuler"),
    path(f"{REUNION}/presences/", seance.presences, name="presences"),
    path(f"{REUNION}/affaires/<int:rang>/", seance.voter, name="voter"),
    path(f"{REUNION}/affaires/<int:rang>/projets/", jury.projets, name="projets"),
    path(f"{REUNION}/deports/", seance.deport, name="deport"),
    path(f"{REUNION}/observations/", seance.observer, name="observer"),
    path(f"{REUNION}/clore/", seance.clore, name="clore"),
    path(f"{REUNION}/proces-verbal.<str:extension>", reunion.proces_verbal, name="proces_verbal"),
    path(f"{REUNION}/exemplaire-signe/", reunion.exemplaire, name="exemplaire"),
    path(
        f"{REUNION}/exemplaire-signe/fichier", reunion.exemplaire_fichier, name="exemplaire_fichier"
    ),
    path(f"{REUNION}/ma-place/", membre.ma_reunion, name="ma_reunion"),
    path(f"{REUNION}/ma-place/affaires/<int:rang>/rapport.pdf", membre.rapport, name="rapport"),
    path(f"{CELLE_CI}/", composition.commission, name="commission"),
    path(f"{CELLE_CI}/membres/", composition.ajouter, name="ajouter"),
    path(f"{CELLE_CI}/membres/<str:membre>/retirer/", composition.retirer, name="retirer"),
    path(f"{CELLE_CI}/reunions/", reunion.preparer, name="preparer"),
    path("consultations/<str:reference>/commission/", consultation.commission, name="consultation"),
]
