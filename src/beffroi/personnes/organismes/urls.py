from django.urls import path

from beffroi.personnes.organismes.views import administrateur, comptes, exploitant

app_name = "organismes"

urlpatterns = [
    path("organisme/", administrateur.mes_organismes, name="mes_organismes"),
    path("organisme/<str:siret>/", administrateur.agents, name="agents"),
    path("organisme/<str:siret>/coordonnees/", administrateur.coordonnees, name="coordonnees"),
    path("organisme/<str:siret>/publication/", administrateur.publication, name="publication"),
    path("organisme/<str:siret>/revue/", administrateur.revue, name="revue"),
    path("organisme/<str:siret>/agents/habiliter/", administrateur.habiliter, name="habiliter"),
    path("organisme/<str:siret>/agents/<str:reference>/", administrateur.roles, name="roles"),
    path(
        "organisme/<str:siret>/agents/<str:reference>/retirer/",
        administrateur.retirer,
        name="retirer",
    ),
    path(
        "organisme/<str:siret>/agents/<str:reference>/fermer/", administrateur.fermer, name="fermer"
    ),
    path(
        "organisme/<str:siret>/agents/<str:reference>/inviter/",
        administrateur.inviter,
        name="inviter",
    ),
    path(
        "organisme/<str:siret>/agents/<str:reference>/annuler/",
        administrateur.annuler,
        name="annuler",
    ),
    path("exploitant/organismes/", exploitant.organismes, name="organismes"),
    path("exploitant/organismes/ouvrir/", exploitant.ouvrir, name="ouvrir"),
    path("exploitant/organismes/<str:siret>/administrateur/", exploitant.nommer, name="nommer"),
    path(
        "exploitant/organismes/<str:siret>/administrateur/<str:reference>/annuler/",
        exploitant.annuler,
        name="annuler_un_administrateur",
    ),
    path("exploitant/comptes/", comptes.chercher, name="comptes"),
    path("exploitant/comptes/<str:reference>/", comptes.compte, name="compte"),
]
