"""Les adresses d'une reprise : toutes au centre de gestion."""

from django.urls import path

from beffroi.centre.reprises.views import tableur, vagues

app_name = "reprises"

UNE = "cdg/reprises/<str:reference>/"
VAGUE = f"{UNE}vagues/<int:numero>/"

urlpatterns = [
    path("cdg/reprises/", tableur.liste, name="liste"),
    path("cdg/reprises/modele.ods", tableur.modele, name="modele"),
    path(UNE, tableur.reprise, name="reprise"),
    path(f"{UNE}corriger/", tableur.corriger, name="corriger"),
    path(f"{UNE}lignes-a-corriger.ods", tableur.fautives, name="fautives"),
    path(f"{UNE}redeposer/", tableur.redeposer, name="redeposer"),
    path(f"{UNE}lignes/<int:numero>/laisser/", tableur.laisser, name="laisser"),
    path(f"{UNE}copies/", tableur.copies, name="copies"),
    path(f"{UNE}vagues/", vagues.composer, name="composer"),
    path(VAGUE, vagues.vague, name="vague"),
    path(f"{VAGUE}defaire/", vagues.defaire, name="defaire"),
    path(f"{VAGUE}activer/", vagues.activer, name="activer"),
    path(f"{VAGUE}relancer/", vagues.relancer, name="relancer"),
    path(f"{VAGUE}annuler/", vagues.annuler, name="annuler"),
]
