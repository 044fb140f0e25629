from django.urls import path

from beffroi.personnes.entreprises import views

app_name = "entreprises"

urlpatterns = [
    path("entreprise/", views.entreprise, name="entreprise"),
    path("entreprise/rattachement/", views.rattacher, name="rattacher"),
    path("entreprise/presentation/", views.presenter, name="presenter"),
    path("entreprise/collegues/inviter/", views.inviter, name="inviter"),
    path("entreprise/invitation/<str:jeton>/", views.invitation, name="invitation"),
    path(
        "entreprise/invitations/<str:reference>/annuler/",
        views.annuler_l_invitation,
        name="annuler_l_invitation",
    ),
    path("entreprise/<str:reference>/choisir/", views.choisir, name="choisir"),
    path("entreprise/<str:reference>/quitter/", views.quitter, name="quitter"),
    path("entreprise/<str:reference>/demander/", views.demander, name="demander"),
    path("entreprise/<str:reference>/reunir/", views.reunir, name="reunir"),
    path("entreprise/demandes/<str:reference>/confirmer/", views.confirmer, name="confirmer"),
    path("entreprise/demandes/<str:reference>/ecarter/", views.ecarter, name="ecarter"),
    path("entreprise/collegues/<str:reference>/retirer/", views.retirer, name="retirer"),
    path(
        "entreprise/collegues/<str:reference>/<str:fait>/ce-n-est-pas-moi/<str:jeton>/",
        views.pas_moi,
        name="pas_moi",
    ),
]
