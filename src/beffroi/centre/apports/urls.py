"""Les adresses des apports : le dossier, par son lien ; l'examen, au centre de gestion."""

from django.urls import path

from beffroi.centre.apports import views

app_name = "apports"

urlpatterns = [
    path("adherer/dossier/<str:jeton>/", views.dossier, name="dossier"),
    path("adherer/dossier/<str:jeton>/pieces/<str:piece>/", views.piece, name="piece"),
    path("cdg/apports/<str:reference>/", views.examiner, name="examiner"),
    path("cdg/apports/<str:reference>/fichier/", views.fichier, name="fichier"),
    path("cdg/apports/<str:reference>/retenir/", views.retenir, name="retenir"),
    path("cdg/apports/<str:reference>/refaire/", views.refaire, name="refaire"),
]
