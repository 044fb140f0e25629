"""Les adresses des interventions :
les comptes chez le centre, et chez l'organisme ce que le centre y fait.
"""

from django.urls import path

from beffroi.centre.interventions.views import activations, agents, centre, chez_nous, imports

app_name = "interventions"

CDG = "cdg/comptes/"
UN = f"{CDG}<str:siret>/"

urlpatterns = [
    path(CDG, centre.liste, name="liste"),
    path(f"{CDG}activer/", activations.activer, name="activer"),
    path(f"{CDG}importer/", imports.deposer, name="importer"),
    path(f"{CDG}importer/modele.csv", imports.modele, name="modele"),
    path(f"{CDG}importer/<str:reference>/", imports.relire, name="relire"),
    path(UN, centre.organisme, name="organisme"),
    path(f"{UN}intervenir/", centre.ouvrir, name="ouvrir"),
    path(f"{UN}interventions/<str:reference>/", centre.intervention, name="intervention"),
    path(f"{UN}coordonnees/", agents.coordonnees, name="coordonnees"),
    path(f"{UN}agents/ajouter/", agents.ajouter, name="ajouter"),
    path(f"{UN}agents/<str:reference>/", agents.changer, name="changer"),
    path(f"{UN}agents/<str:reference>/retirer/", agents.retirer, name="retirer"),
    path(f"{UN}agents/<str:reference>/inviter/", agents.inviter, name="inviter"),
    path(f"{UN}agents/<str:reference>/annuler/", agents.annuler, name="annuler"),
    path("organisme/<str:siret>/interventions/", chez_nous.chez_nous, name="chez_nous"),
    path(
        "organisme/<str:siret>/interventions/<str:reference>/arreter/",
        chez_nous.arreter,
        name="arreter",
    ),
]
