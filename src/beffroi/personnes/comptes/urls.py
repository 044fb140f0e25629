from django.urls import path

from beffroi.personnes.comptes import views

app_name = "comptes"

urlpatterns = [
    path("compte/presence", views.presence, name="presence"),
    path("compte/securite/", views.securite, name="securite"),
    path("compte/securite/seances/", views.fermer_les_connexions, name="fermer_les_connexions"),
    path("compte/securite/jetons/", views.delivrer_jeton, name="delivrer_jeton"),
    path(
        "compte/securite/jetons/<str:reference>/revoquer/",
        views.revoquer_jeton,
        name="revoquer_jeton",
    ),
    path("compte/invitation/<str:reference>/<str:jeton>/", views.invitation, name="invitation"),
]
