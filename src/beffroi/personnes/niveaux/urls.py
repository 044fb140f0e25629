"""Prouver son entreprise, chez soi ; constater, poster, rouvrir, au centre."""

from django.urls import path

from beffroi.personnes.niveaux.views import centre, entreprise

app_name = "niveaux"

ICI, CDG = "entreprise/preuve/", "cdg/equipes/"

urlpatterns = [
    path(ICI, entreprise.preuve, name="preuve"),
    path(f"{ICI}defi/", entreprise.defi, name="defi"),
    path(f"{ICI}defi/lancer/", entreprise.lancer, name="lancer"),
    path(f"{ICI}defi/<str:reference>/defi.pdf", entreprise.document, name="document"),
    path(f"{ICI}lettre/", entreprise.demander_une_lettre, name="demander_une_lettre"),
    path(f"{ICI}code/", entreprise.code, name="code"),
    path(CDG, centre.equipes, name="equipes"),
    path(f"{CDG}<str:reference>/", centre.equipe, name="equipe"),
    path(f"{CDG}<str:reference>/prouver/", centre.prouver, name="prouver"),
    path(f"{CDG}<str:reference>/rouvrir/", centre.rouvrir, name="rouvrir"),
    path(f"{CDG}preuves/<str:reference>/revoquer/", centre.revoquer, name="revoquer"),
    path(f"{CDG}lettres/<str:reference>/poster/", centre.poster, name="poster"),
    path(f"{CDG}lettres/<str:reference>/refuser/", centre.refuser, name="refuser"),
]
