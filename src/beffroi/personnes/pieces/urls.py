"""Les pièces qu'une entreprise garde (parcours, §8, ligne 21)."""

from django.urls import path

from beffroi.personnes.pieces import views

app_name = "pieces"

ICI = "entreprise/pieces"

urlpatterns = [
    path(f"{ICI}/", views.liste, name="liste"),
    path(f"{ICI}/ajouter/<slug:sorte>/", views.ajouter, name="ajouter"),
    path(f"{ICI}/versions/<str:version>/fichier", views.fichier, name="fichier"),
    path(
        f"{ICI}/versions/<str:version>/supprimer/",
        views.supprimer_la_version,
        name="supprimer_la_version",
    ),
    path(f"{ICI}/<str:reference>/", views.piece, name="piece"),
    path(f"{ICI}/<str:reference>/remplacer/", views.remplacer, name="remplacer"),
    path(f"{ICI}/<str:reference>/corriger/", views.corriger, name="corriger"),
    path(f"{ICI}/<str:reference>/supprimer/", views.supprimer, name="supprimer"),
]
