"""Les adresses de la téléassistance :
la personne par son lien signé, l'agent par la référence qu'il a rejointe.
"""

from django.urls import path

from beffroi.service.teleassistance.views import centre, personne

app_name = "teleassistance"

CDG = "cdg/teleassistance/"
FENETRE = "teleassistance/<str:jeton>/"
UN = f"{CDG}<str:reference>/"

urlpatterns = [
    path("teleassistance/", personne.consentir, name="consentir"),
    path(FENETRE, personne.fenetre, name="fenetre"),
    path(f"{FENETRE}etat.json", personne.etat, name="etat"),
    path(f"{FENETRE}signaux/", personne.signaux, name="signaux"),
    path(f"{FENETRE}acte/", personne.agir, name="agir"),
    path(CDG, centre.accueil, name="accueil"),
    path(UN, centre.regarder, name="regarder"),
    path(f"{UN}etat.json", centre.etat, name="etat_au_centre"),
    path(f"{UN}signaux/", centre.signaux, name="signaux_du_centre"),
    path(f"{UN}finir/", centre.finir, name="finir"),
]
