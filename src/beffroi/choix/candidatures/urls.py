"""Les adresses de l'examen des candidatures, chez l'acheteur."""

from django.urls import path

from beffroi.choix.candidatures import views

app_name = "candidatures"

CELLES_CI = "consultations/<str:reference>/candidatures"

urlpatterns = [
    path(f"{CELLES_CI}/", views.grille, name="grille"),
    path(f"{CELLES_CI}/ordre/", views.ordre, name="ordre"),
    path(f"{CELLES_CI}/completer/", views.completer, name="completer"),
    path(f"{CELLES_CI}/preuves/<str:preuve>/", views.fichier_de_preuve, name="fichier_de_preuve"),
    path(f"{CELLES_CI}/de/<str:pli>/", views.examiner, name="examiner"),
    path(f"{CELLES_CI}/de/<str:pli>/decider/", views.decider, name="decider"),
    path(f"{CELLES_CI}/de/<str:pli>/preuves/", views.preuves, name="preuves"),
    path(
        f"{CELLES_CI}/de/<str:pli>/preuves/demander/",
        views.demander_les_preuves,
        name="demander_les_preuves",
    ),
    path(
        f"{CELLES_CI}/de/<str:pli>/preuves/obtenir/",
        views.obtenir_les_preuves,
        name="obtenir_les_preuves",
    ),
]
