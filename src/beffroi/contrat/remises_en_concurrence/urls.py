"""Les remises en concurrence :
ouvertes par l'acheteur depuis un accord-cadre, lues par chaque titulaire.
"""

from django.urls import path

from beffroi.contrat.remises_en_concurrence.views import acheteur, titulaire

app_name = "remises_en_concurrence"

urlpatterns = [
    path(
        "acheteur/remises-en-concurrence/<str:reference>/", acheteur.de_l_accord, name="de_l_accord"
    ),
    path("consultations/<str:reference>/demande/", acheteur.modifier, name="modifier"),
    path("remises-en-concurrence/<str:reference>/", titulaire.invitation, name="invitation"),
    path(
        "remises-en-concurrence/<str:reference>/lien/<str:jeton>/",
        titulaire.suivre,
        name="suivre",
    ),
]
